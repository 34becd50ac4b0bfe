-- One row per flow, side and mapped property: how that side spells it. `property` is
-- the star's name for it (the source's), `name` the system's own. `star_kind` is the
-- kind in which the star agrees on it (the source's). One that is off is not kept in
-- step: what is remembered of it waits until it is on again. Where a target has codes
-- of its own (seed value_maps), the map is the rule by which it stores the value.

with

mappings as (

    select * from {{ ref('property_mappings') }}
    where is_enabled is distinct from false

),

flows as (

    select * from {{ ref('flows') }}

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

maps as (

    select * from {{ ref('stg_seeds__value_maps') }}

),

sides as (

    select
        mappings.flow,
        'source' as side,
        flows.source_system as system_name,
        flows.source_entity as entity,
        mappings.source_property as name,
        mappings.source_property as property,
        mappings.direction,
        mappings.through_flow,
        mappings.property_group
    from mappings
    inner join flows on mappings.flow = flows.flow

    union all

    select
        mappings.flow,
        'target' as side,
        flows.target_system as system_name,
        flows.target_entity as entity,
        mappings.target_property as name,
        mappings.source_property as property,
        mappings.direction,
        mappings.through_flow,
        mappings.property_group
    from mappings
    inner join flows on mappings.flow = flows.flow

),

spelt as (

    select
        sides.flow,
        sides.side,
        sides.system_name,
        sides.entity,
        sides.name,
        sides.property,
        sides.direction,
        sides.through_flow,
        coalesce(sides.property_group, sides.property) as property_group,
        own.json_path,
        own.kind,
        own.wire_type,
        own.empty_as,
        own.reads_empty,
        coalesce(
            case when sides.side = 'target' then maps.value_map end, own.stored_as
        ) as stored_as,
        own.max_length,
        own.accepts,
        own.is_required,
        own.is_nullable,
        own.is_writable,
        own.may_be_left_out,
        own.create_waits,
        of_source.kind as star_kind
    from sides
    inner join flows on sides.flow = flows.flow
    inner join entity_properties as own
        on
            sides.system_name = own.system_name
            and sides.entity = own.entity
            and sides.name = own.property
    inner join entity_properties as of_source
        on
            flows.source_system = of_source.system_name
            and flows.source_entity = of_source.entity
            and sides.property = of_source.property
    left join maps
        on sides.flow = maps.flow and sides.property = maps.source_property

)

select * from spelt

-- One row per flow, combination, side, record and property of the combination that has
-- a value: the value, and what it is compared by. That is null where it is no possible
-- value of its kind: an identifier must identify. Empty has no row, nor has a mask. In
-- a flow that is paused the records stay rivals: a pause makes no match unambiguous.
-- Whom the rules about records leave out is neither candidate nor rival.

with

link_rules as (

    select
        *,
        count(*) over (partition by flow, combination) as parts
    from {{ ref('link_rules') }}
    where is_enabled

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active or rests_because = 'paused'

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

excluded as (

    select * from {{ ref('match_excluded_records') }}

),

records as (

    select record_key, system_name, entity, record from {{ ref('stg_records') }}

),

sides as (

    select
        link_rules.flow,
        link_rules.combination,
        'source' as side,
        flows.source_system as system_name,
        flows.source_entity as entity,
        link_rules.source_property as property,
        link_rules.source_property as part,
        link_rules.parts
    from link_rules
    inner join flows on link_rules.flow = flows.flow

    union all

    select
        link_rules.flow,
        link_rules.combination,
        'target' as side,
        flows.target_system as system_name,
        flows.target_entity as entity,
        link_rules.target_property as property,
        link_rules.source_property as part,
        link_rules.parts
    from link_rules
    inner join flows on link_rules.flow = flows.flow

),

parts as (

    select
        sides.flow,
        sides.combination,
        sides.side,
        sides.property,
        sides.part,
        sides.parts,
        sides.system_name,
        sides.entity,
        entity_properties.json_path,
        entity_properties.kind
    from sides
    inner join entity_properties
        on
            sides.system_name = entity_properties.system_name
            and sides.entity = entity_properties.entity
            and sides.property = entity_properties.property

),

natives as (

    select
        parts.flow,
        parts.combination,
        parts.side,
        parts.property,
        parts.part,
        parts.parts,
        parts.kind,
        records.record_key,
        {{ json_value_told('records.record', 'parts.json_path') }} as native
    from parts
    inner join records
        on
            parts.system_name = records.system_name
            and parts.entity = records.entity
    inner join present on records.record_key = present.record_key
    left join excluded
        on
            parts.flow = excluded.flow
            and records.record_key = excluded.record_key
    where excluded.flow is null

),

in_our_spelling as {{ once() }} (

    select
        natives.*,
        {{ canonical('native', 'kind') }} as canonical_value
    from natives

),

comparable as (

    select
        flow,
        combination,
        side,
        property,
        part,
        parts,
        record_key,
        kind,
        canonical_value,
        {{ match_key('canonical_value', 'kind') }} as part_key
    from in_our_spelling
    where canonical_value is not null and not {{ is_mask('canonical_value', 'kind') }}

)

select * from comparable

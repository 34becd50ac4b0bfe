-- One row per source entity: a fingerprint of every seed row that its stars depend on.
-- When it changes, all stars of the entity are looked at again.

with

flows as (

    select * from {{ ref('flows') }}

),

mappings as (

    select * from {{ ref('property_mappings') }}
    where is_enabled is distinct from false

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

mapped as (

    select
        flows.source_system,
        flows.source_entity,
        mappings.flow || '|' || mappings.source_property || '|'
        || mappings.target_property || '|' || mappings.direction || '|'
        || coalesce(mappings.through_flow, '') || '|'
        || coalesce(mappings.property_group, '') as seed_row
    from mappings
    inner join flows on mappings.flow = flows.flow

),

mapped_values as (

    select
        flows.source_system,
        flows.source_entity,
        value_maps.flow || '|' || value_maps.source_property || '|'
        || value_maps.source_value || '|' || value_maps.target_value || '|'
        || coalesce(cast(value_maps.is_way_back as varchar), '') as seed_row
    from {{ ref('value_maps') }} as value_maps
    inner join flows on value_maps.flow = flows.flow

),

entities_of_stars as (

    select distinct
        source_system,
        source_entity,
        source_system as system_name,
        source_entity as entity
    from flows

    union

    select distinct
        source_system,
        source_entity,
        target_system as system_name,
        target_entity as entity
    from flows

),

spelt as (

    select
        entities_of_stars.source_system,
        entities_of_stars.source_entity,
        entity_properties.system_name || '|' || entity_properties.entity || '|'
        || entity_properties.property || '|' || entity_properties.json_path || '|'
        || entity_properties.kind || '|' || entity_properties.stored_as || '|'
        || coalesce(cast(entity_properties.max_length as varchar), '') || '|'
        || coalesce(entity_properties.accepts, '') || '|'
        || coalesce(entity_properties.reads_empty, '') || '|'
        || cast(entity_properties.is_writable as varchar) as seed_row
    from entities_of_stars
    inner join entity_properties
        on
            entities_of_stars.system_name = entity_properties.system_name
            and entities_of_stars.entity = entity_properties.entity

),

seed_rows as (

    select * from mapped
    union all
    select * from mapped_values
    union all
    select * from spelt

),

versions as (

    select
        source_system,
        source_entity,
        {{ text_digest(sorted_text_list('seed_row', "';'")) }} as seeds_version
    from seed_rows
    group by source_system, source_entity

)

select * from versions

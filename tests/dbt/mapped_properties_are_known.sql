-- One row per mapping or rule that names a property that its system does not have.

{{ config(severity='error') }}

with

named as (

    select
        'property_mappings.csv' as seed,
        mappings.flow,
        flows.source_system as system_name,
        flows.source_entity as entity,
        mappings.source_property as property
    from {{ ref('property_mappings') }} as mappings
    inner join {{ ref('flows') }} as flows on mappings.flow = flows.flow

    union all

    select
        'property_mappings.csv' as seed,
        mappings.flow,
        flows.target_system as system_name,
        flows.target_entity as entity,
        mappings.target_property as property
    from {{ ref('property_mappings') }} as mappings
    inner join {{ ref('flows') }} as flows on mappings.flow = flows.flow

    union all

    select
        'link_rules.csv' as seed,
        rules.flow,
        flows.source_system as system_name,
        flows.source_entity as entity,
        rules.source_property as property
    from {{ ref('link_rules') }} as rules
    inner join {{ ref('flows') }} as flows on rules.flow = flows.flow

    union all

    select
        'link_rules.csv' as seed,
        rules.flow,
        flows.target_system as system_name,
        flows.target_entity as entity,
        rules.target_property as property
    from {{ ref('link_rules') }} as rules
    inner join {{ ref('flows') }} as flows on rules.flow = flows.flow

)

select named.*
from named
left join {{ ref('entity_properties') }} as known
    on
        named.system_name = known.system_name
        and named.entity = known.entity
        and named.property = known.property
where known.property is null

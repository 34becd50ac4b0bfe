-- One row per source entity and property of which not simply the newest edit wins when
-- several members were edited: who does instead (`on_conflict`: the source, the target
-- of `flow`, or nobody until a person was asked). As shipped there are none.

with

mappings as (

    select * from {{ ref('property_mappings') }}
    where is_enabled is distinct from false

),

flows as (

    select * from {{ ref('flows') }}

),

precedence as (

    select
        flows.source_system,
        flows.source_entity,
        mappings.source_property as property,
        max(mappings.on_conflict) as on_conflict,
        max(case when mappings.on_conflict = 'target' then mappings.flow end) as flow
    from mappings
    inner join flows on mappings.flow = flows.flow
    where mappings.on_conflict <> 'newest' and mappings.direction = 'both'
    group by flows.source_system, flows.source_entity, mappings.source_property

)

select * from precedence

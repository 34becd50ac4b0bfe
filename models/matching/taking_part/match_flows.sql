-- One row per flow: whether it is used now (both its entities can be, and neither a
-- seed nor a person has it rest), whether its first run is over, and its level: a flow
-- is written after every flow that its references go through. The depth is bounded, and
-- a test refuses seeds whose references go in a circle.

with recursive

flows as (

    select * from {{ ref('flows') }}

),

entities as (

    select * from {{ ref('match_entities') }}

),

resting_flows as (

    select * from {{ ref('match_resting_flows') }}

),

settled_flows as (

    select distinct flow from {{ ref('stg_ledger__settled_flows') }}

),

references_between_flows as (

    select distinct flow, through_flow
    from {{ ref('property_mappings') }}
    where through_flow is not null

),

depths as (

    select flow, 0 as depth
    from flows

    union all

    select
        references_between_flows.flow,
        depths.depth + 1 as depth
    from depths
    inner join references_between_flows
        on depths.flow = references_between_flows.through_flow
    where depths.depth < 20

),

levels as (

    select flow, max(depth) as flow_level
    from depths
    group by flow

),

described as (

    select
        flows.flow,
        flows.seed_order,
        flows.source_system,
        flows.source_entity,
        flows.target_system,
        flows.target_entity,
        flows.mode,
        flows.on_source_gone,
        flows.on_target_gone,
        levels.flow_level,
        resting_flows.rests_because,
        sources.is_usable
        and targets.is_usable
        and resting_flows.flow is null as is_active,
        settled_flows.flow is not null as is_settled
    from flows
    inner join levels on flows.flow = levels.flow
    inner join entities as sources
        on
            flows.source_system = sources.system_name
            and flows.source_entity = sources.entity
    inner join entities as targets
        on
            flows.target_system = targets.system_name
            and flows.target_entity = targets.entity
    left join settled_flows on flows.flow = settled_flows.flow
    left join resting_flows on flows.flow = resting_flows.flow

)

select * from described

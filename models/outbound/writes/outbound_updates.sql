{{ config(materialized="view") }}

-- One row per property of a linked record that has to be written, because it holds
-- another value than the star has agreed on (outbound_values).

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}
    where outcome = 'update'

),

target_values as (

    select * from {{ ref('outbound_values') }}
    where is_touched and is_linked

),

flows as (

    select * from {{ ref('match_flows') }}

),

members as (

    select * from {{ ref('merge_members') }}

),

star_flows as (

    select * from {{ ref('merge_star_flows') }}

),

-- A write to the source belongs to the flow that its first new value came by.
winning_flows as (

    select
        outcomes.source_key,
        {{ oldest('members.flow', 'members.seed_order') }} as flow
    from outcomes
    inner join members
        on
            outcomes.source_key = members.source_key
            and outcomes.won_by = members.member_key
    where outcomes.is_source and not members.is_source
    group by outcomes.source_key

),

first_flows as (

    select
        star_flows.source_key,
        {{ oldest('flows.flow', 'flows.seed_order') }} as flow
    from star_flows
    inner join flows on star_flows.flow = flows.flow
    group by star_flows.source_key

),

flows_of_writes as (

    select
        outcomes.*,
        coalesce(
            outcomes.flow, winning_flows.flow, first_flows.flow
        ) as flow_of_write
    from outcomes
    left join winning_flows
        on outcomes.source_key = winning_flows.source_key and outcomes.is_source
    left join first_flows
        on outcomes.source_key = first_flows.source_key and outcomes.is_source

),

updates as (

    select
        flows.flow,
        flows.flow_level,
        'update' as operation,
        target_values.system_name,
        target_values.entity,
        target_values.record_id,
        target_values.source_key,
        target_values.is_source,
        target_values.property,
        target_values.name,
        outcomes.property_group,
        outcomes.json_path,
        target_values.wire_type,
        case
            when not coalesce(outcomes.is_missing, false) then outcomes.native
        end as native_before,
        target_values.agreed_value as delivered,
        target_values.value_after,
        target_values.reference_flow,
        target_values.reference_key,
        not outcomes.has_observation or not outcomes.was_delivered as is_first_meeting,
        case
            when outcomes.rule in ('stays', 'ask') and not outcomes.has_observation
                then 'first_meeting'
            when outcomes.rule in ('stays', 'ask') and outcomes.native_changed
                then 'put_back'
            when outcomes.rule in ('stays', 'ask') then 'still_waiting'
            else outcomes.rule
        end as reason,
        outcomes.won_by,
        coalesce(
            outcomes.is_delivered
            and outcomes.delivered is not distinct from outcomes.agreed_value,
            false
        ) as was_accepted,
        false as is_required
    from flows_of_writes as outcomes
    inner join flows on outcomes.flow_of_write = flows.flow
    inner join target_values
        on
            outcomes.source_key = target_values.source_key
            and outcomes.member_key = target_values.record_key
            and outcomes.property = target_values.property

)

select * from updates

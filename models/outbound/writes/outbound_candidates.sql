-- One row per write and property that the merge calls for, before refused payloads are
-- held back. Updates come from the stars' outcomes, creates from the records to create,
-- and a few writes from records that are gone.
-- A record is written at most once in a run, whatever flows its changes come from.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

creates as (

    select * from {{ ref('outbound_creates') }}

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

held_creates as (

    select distinct flow, source_key from creates
    where is_required and held_because is not null

),

partings as (

    select * from {{ ref('outbound_partings') }}

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
    where outcomes.outcome = 'update' and outcomes.is_source and not members.is_source
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

updates as (

    select
        coalesce(
            outcomes.flow, winning_flows.flow, first_flows.flow
        ) as flow,
        'update' as operation,
        outcomes.system_name,
        outcomes.entity,
        {{ record_id_of('outcomes.member_key') }} as record_id,
        outcomes.source_key,
        outcomes.property,
        outcomes.name,
        outcomes.property_group,
        outcomes.json_path,
        outcomes.kind,
        outcomes.wire_type,
        outcomes.empty_as,
        outcomes.is_source,
        case
            when not coalesce(outcomes.is_missing, false) then outcomes.native
        end as native_before,
        outcomes.agreed_value as delivered,
        outcomes.value_to_store,
        outcomes.through_flow,
        not outcomes.has_observation or not outcomes.was_delivered as is_first_meeting,
        case
            when outcomes.rule = 'stays' and not outcomes.has_observation
                then 'first_meeting'
            when outcomes.rule = 'stays' and outcomes.native_changed then 'put_back'
            when outcomes.rule = 'stays' then 'still_waiting'
            else outcomes.rule
        end as reason,
        outcomes.won_by,
        coalesce(
            outcomes.is_delivered
            and outcomes.delivered is not distinct from outcomes.agreed_value,
            false
        ) as was_accepted,
        false as is_required
    from outcomes
    left join winning_flows
        on outcomes.source_key = winning_flows.source_key and outcomes.is_source
    left join first_flows
        on outcomes.source_key = first_flows.source_key and outcomes.is_source
    where outcomes.outcome = 'update'

),

new_records as (

    select
        creates.flow,
        'create' as operation,
        creates.system_name,
        creates.entity,
        cast(null as varchar) as record_id,
        creates.source_key,
        creates.property,
        creates.name,
        creates.property_group,
        creates.json_path,
        creates.kind,
        creates.wire_type,
        creates.empty_as,
        false as is_source,
        cast(null as varchar) as native_before,
        creates.delivered,
        creates.value_to_store,
        creates.through_flow,
        true as is_first_meeting,
        'create' as reason,
        creates.source_key as won_by,
        false as was_accepted,
        creates.is_required
    from creates
    left join held_creates
        on
            creates.flow = held_creates.flow
            and creates.source_key = held_creates.source_key
    where creates.held_because is null and held_creates.flow is null

),

candidates as (

    select * from updates
    union all
    select * from new_records

),

spelt as (

    select
        candidates.flow,
        flows.flow_level,
        candidates.operation,
        candidates.system_name,
        candidates.entity,
        candidates.record_id,
        candidates.source_key,
        candidates.is_source,
        candidates.property,
        candidates.name,
        candidates.property_group,
        candidates.json_path,
        candidates.wire_type,
        candidates.native_before,
        candidates.delivered,
        case
            when candidates.kind <> 'reference' or candidates.delivered is null
                then
                    {{ written_json(
                        'candidates.value_to_store', 'candidates.wire_type',
                        'candidates.empty_as'
                    ) }}
            when candidates.is_source
                then
                    {{ written_json(
                        record_id_of('candidates.delivered'), 'candidates.wire_type',
                        'candidates.empty_as'
                    ) }}
        end as value_after,
        case
            when
                candidates.kind = 'reference'
                and not candidates.is_source
                and candidates.delivered is not null
                then candidates.through_flow
        end as reference_flow,
        case
            when candidates.kind = 'reference' and not candidates.is_source
                then candidates.delivered
        end as reference_key,
        candidates.is_first_meeting,
        candidates.reason,
        candidates.won_by,
        candidates.was_accepted,
        candidates.is_required
    from candidates
    inner join flows on candidates.flow = flows.flow

),

after_partings as (

    select
        flow,
        flow_level,
        operation,
        split_part(target_key, ':', 1) as system_name,
        split_part(target_key, ':', 2) as entity,
        {{ record_id_of('target_key') }} as record_id,
        source_key,
        false as is_source,
        property,
        name,
        property as property_group,
        json_path,
        'string' as wire_type,
        native_before,
        cast(null as varchar) as delivered,
        value_after,
        cast(null as varchar) as reference_flow,
        cast(null as varchar) as reference_key,
        false as is_first_meeting,
        reason,
        cast(null as varchar) as won_by,
        false as was_accepted,
        false as is_required
    from partings

),

all_candidates as (

    select * from spelt
    union all
    select * from after_partings

),

fingerprinted as (

    select
        flow || ' ' || operation || ' ' || coalesce(
            {{ record_key('system_name', 'entity', 'record_id') }}, source_key
        ) as write_key,
        all_candidates.*
    from all_candidates

)

select * from fingerprinted

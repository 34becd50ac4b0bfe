-- One row per record, property, reason and details: a property that can't be passed on
-- now, that answered our write with something that we can't explain, or that the system
-- does not show any more.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

creates as (

    select * from {{ ref('outbound_creates') }}

),

agreed as (

    select source_key, property, won_by from {{ ref('merge_agreed') }}

),

candidates as (

    select
        write_key,
        operation,
        coalesce(
            {{ record_key('system_name', 'entity', 'record_id') }}, source_key
        ) as record_key,
        name,
        property_group,
        won_by,
        flow,
        reference_flow,
        reference_key
    from {{ ref('outbound_candidates') }}

),

writes as (

    select write_key, name from {{ ref('outbound_writes') }}

),

units as (

    select * from {{ ref('outbound_units') }}
    where is_held_back

),

payloads as (

    select * from {{ ref('outbound_payloads') }}
    where is_held_back

),

held_in_members as (

    select
        member_key as record_key,
        name as property,
        held_because,
        case
            when held_because = 'unknown_reference' then native
            when held_because = 'ping_pong'
                then
                    'it holds ' || coalesce(current_value, 'empty') || ', agreed is '
                    || coalesce(agreed_value, 'empty') || coalesce(
                        ' from ' || won_by, ''
                    )
            else coalesce(agreed_value, 'empty') || coalesce(', from ' || won_by, '')
        end as details
    from outcomes
    where outcome = 'held'

),

unexplained_answers as (

    select
        member_key as record_key,
        name as property,
        'unexplained_answer' as held_because,
        'we wrote ' || coalesce(delivered, 'empty') || ', it holds '
        || coalesce(current_value, 'empty') as details
    from outcomes
    where outcome = 'as_stored'

),

not_shown as (

    select
        member_key as record_key,
        name as property,
        'not_shown' as held_because,
        'it held ' || coalesce(observed_value, observed, 'empty') || ', agreed is '
        || coalesce(agreed_value, 'empty') as details
    from outcomes
    where sight = 'not_shown'

),

left_out_of_creates as (

    select
        creates.source_key as record_key,
        creates.name as property,
        creates.held_because,
        coalesce(creates.delivered, 'empty')
        || coalesce(', from ' || agreed.won_by, '') || ', for ' || creates.flow
            as details
    from creates
    left join agreed
        on
            creates.source_key = agreed.source_key
            and creates.property = agreed.property
    where creates.held_because is not null and not creates.is_required

),

refused as (

    select
        candidates.record_key,
        candidates.name as property,
        'refused' as held_because,
        payloads.refused_with
        || coalesce(' (the value is from ' || candidates.won_by || ')', '') as details
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key
    left join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
    where candidates.operation = 'update' and units.write_key is null

),

-- The rest of the write goes without them.
refused_values as (

    select
        candidates.record_key,
        candidates.name as property,
        'refused' as held_because,
        units.refused_with
        || coalesce(' (the value is from ' || candidates.won_by || ')', '') || case
            when candidates.operation = 'create'
                then ' It is left out of the new record, for ' || candidates.flow
            else ''
        end as details
    from candidates
    inner join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group

),

-- The record that it names was to be created, but that can't be done either.
unsent_references as (

    select
        candidates.record_key,
        candidates.name as property,
        'unlinked_reference' as held_because,
        candidates.reference_key || ', through ' || candidates.reference_flow as details
    from candidates
    left join payloads on candidates.write_key = payloads.write_key
    left join writes
        on
            candidates.write_key = writes.write_key
            and candidates.name = writes.name
    where
        candidates.reference_flow is not null
        and payloads.write_key is null
        and writes.write_key is null

),

held as (

    select * from held_in_members
    union all
    select * from unexplained_answers
    union all
    select * from not_shown
    union all
    select * from left_out_of_creates
    union all
    select * from refused
    union all
    select * from refused_values
    union all
    select * from unsent_references

)

select * from held

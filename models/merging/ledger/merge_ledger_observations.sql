-- One row per record and property whose remembered observation changes now, before any
-- write: what the deciding transaction of a push writes to the ledger. A value that was
-- seen but is not the agreed one stands for nothing until it has been written.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

seen as (

    select
        member_key as record_key,
        property,
        name,
        native as observed,
        case
            when outcome = 'in_step' then agreed_value
            when outcome = 'as_stored' then delivered
            when native_changed or not is_delivered then null
            when
                outcome = 'update'
                and beside_delivered in ('unexplained', 'alike', 'remapped')
                then null
            else delivered
        end as delivered,
        case
            when outcome in ('in_step', 'as_stored') then true
            when native_changed or not has_observation then false
            when
                outcome = 'update'
                and beside_delivered in ('unexplained', 'alike', 'remapped')
                then false
            else is_delivered
        end as is_delivered,
        coalesce(awaited_answer = 'outstanding', false) as awaits_answer,
        has_observation,
        native_changed,
        observed_name,
        delivered as delivered_before,
        was_delivered,
        awaited_answer is not null as awaited_answer
    from outcomes
    where
        outcome in ('in_step', 'as_stored', 'update', 'held', 'left_alone')
        -- A listing that is older than our write says nothing about it.
        and sight not in ('unknown_reference', 'unmapped', 'lagging')
        -- An edit that is held as one of a loop is an edit still when that is over.
        and not (outcome = 'held' and coalesce(is_looping, false))
        -- So is one that a person is asked about.
        and held_because is distinct from 'needs_decision'

),

changed as (

    select
        record_key,
        property,
        name,
        observed,
        delivered,
        is_delivered,
        awaits_answer
    from seen
    where
        not has_observation
        or native_changed
        or observed_name is distinct from name
        or is_delivered is distinct from was_delivered
        or delivered is distinct from delivered_before
        or awaits_answer <> awaited_answer

)

select * from changed

{{ config(materialized="view") }}

-- One row per member of a touched star that something was seen of: what the next run
-- has to know of it. `waits`: something is left to pass on, to confirm or to see, so
-- it is looked at again. (A member that no record has is not waited for.)

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

natives as (

    select member_key, property, is_proven from {{ ref('merge_natives') }}

),

masked as (

    select distinct member_key from {{ ref('merge_hidden') }}
    where is_masked

),

seen as (

    select
        outcomes.member_key,
        bool_or(natives.is_proven) as is_proven,
        bool_or(outcomes.is_unconfirmed) as is_unconfirmed,
        bool_or(outcomes.awaited_answer is not distinct from 'outstanding')
            as still_awaits,
        bool_or(
            outcomes.is_unconfirmed
            or outcomes.awaited_answer = 'outstanding'
            or outcomes.outcome in ('update', 'held', 'as_stored')
            or (outcomes.outcome = 'unknown' and outcomes.sight <> 'in_no_record')
            or (
                outcomes.outcome = 'absent'
                and (
                    not outcomes.was_delivered
                    or outcomes.delivered is distinct from outcomes.agreed_value
                )
            )
        ) as waits
    from outcomes
    inner join natives
        on
            outcomes.member_key = natives.member_key
            and outcomes.property = natives.property
    group by outcomes.member_key

),

waits as (

    select
        coalesce(seen.member_key, masked.member_key) as member_key,
        coalesce(seen.is_proven, false) as is_proven,
        coalesce(seen.is_unconfirmed, false) as is_unconfirmed,
        coalesce(seen.still_awaits, false) as still_awaits,
        coalesce(seen.waits, false) or masked.member_key is not null as waits
    from seen
    full join masked on seen.member_key = masked.member_key

)

select * from waits

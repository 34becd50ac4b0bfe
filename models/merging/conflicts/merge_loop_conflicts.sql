{{ config(materialized="view") }}

-- One row per edit that is held because the value goes to and fro, in the shape of a
-- losing value: it is kept once, so that a person can decide about it.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}
    where outcome = 'held' and held_because = 'ping_pong'

),

known as (

    select distinct source_key, property, losing_key, losing_value
    from {{ ref('stg_ledger__conflicts') }}
    where rule = 'ping_pong' and status = 'open'

),

held_in_a_loop as (

    select
        outcomes.source_key,
        outcomes.property,
        outcomes.system_name as losing_system,
        outcomes.member_key as losing_key,
        outcomes.held_value as losing_value,
        'ping_pong' as rule,
        'open' as status
    from outcomes
    left join known
        on
            outcomes.source_key = known.source_key
            and outcomes.property = known.property
            and outcomes.member_key = known.losing_key
            and outcomes.held_value is not distinct from known.losing_value
    where
        outcomes.has_observation
        and outcomes.native_changed
        and known.source_key is null

)

select * from held_in_a_loop

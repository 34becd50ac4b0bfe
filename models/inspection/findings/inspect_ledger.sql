{{ config(materialized='view') }}

-- One row per thing that concerns the ledger, its clock or its key.

with

recovery_signs as (

    select * from {{ ref('match_recovery_signs') }}

),

runs_ahead as (

    select max(started_at) as newest from {{ ref('stg_ledger__runs') }}
    having {{ seconds_between(now_utc(), 'max(started_at)') }} > 60

),

findings as (

    select
        'recovery' as kind,
        sign as record_key,
        cast(null as varchar) as property,
        'This ledger is not the newest one: ' || what_was_seen || '.' as message,
        'Restore the newest ledger.duckdb, or accept this one: '
        || '`lenke sync --accept-ledger`.' as next_step,
        cast(null as varchar) as told_apart_by
    from recovery_signs

    union all

    select
        'clock_behind' as kind,
        'ledger' as record_key,
        cast(null as varchar) as property,
        'The clock is behind: an earlier run has written down '
        || cast(newest as varchar) || ' UTC.' as message,
        'Look at the clock (NTP). If it is right now, this ends by itself at that time.'
            as next_step,
        cast(null as varchar) as told_apart_by
    from runs_ahead

    union all

    select
        'short_hash_key' as kind,
        'ledger' as record_key,
        cast(null as varchar) as property,
        'The hash key has fewer than 32 bytes: whoever finds it out by trying can '
        || 'find out identity numbers, too.' as message,
        'Set LENKE_HASH_KEY to what openssl rand -hex 32 prints. The next sync reads '
        || 'everything in full, and systems rest until a person accepts them: '
        || '`lenke doctor` names them.'
            as next_step,
        cast(null as varchar) as told_apart_by
    where {{ hash_key_is_short() }}

)

select * from findings

-- One row per thing that concerns a whole system, a flow or the ledger.

with

systems as (

    select * from {{ ref('match_systems') }}
    where is_configured and not is_usable

),

refused_entities as (

    select * from {{ ref('match_entities') }}
    where is_refused

),

guards as (

    select * from {{ ref('outbound_guards') }}

),

recovery_signs as (

    select * from {{ ref('match_recovery_signs') }}

),

rules_without_member as (

    select * from {{ ref('inspect_rules_without_member') }}

),

runs_ahead as (

    select max(started_at) as newest from {{ ref('stg_ledger__runs') }}
    having {{ seconds_between(now_utc(), 'max(started_at)') }} > 60

),

whole_systems as (

    select
        case
            when is_another_tenant then 'another_tenant'
            when rests then 'system_rests'
            else 'system_not_read'
        end as kind,
        system_name as record_key,
        cast(null as varchar) as property,
        'Nothing was decided or written for ' || system_name || ': ' || why_not || '.'
            as message,
        case
            when is_another_tenant
                then
                    'If only a key was renewed, or this ledger is about those records: '
                    || '`lenke doctor --accept ' || system_name || '`. Else put the '
                    || 'settings back, or give that tenant a LENKE_HOME of its own.'
            when rests
                then
                    'See in the system whether that is how it is; if so: '
                    || '`lenke sync --full --allow-mass-change`.'
            else 'Run `lenke doctor`; the next sync tries again.'
        end as next_step
    from systems

    union all

    select
        'entity_not_granted' as kind,
        system_name || ':' || entity as record_key,
        cast(null as varchar) as property,
        'Nothing was decided or written for ' || entity || ' in ' || system_name
        || '; the rest of it goes on: ' || why_not || '.' as message,
        'Let the system''s owner grant it; `lenke doctor` names what is missing.'
            as next_step
    from refused_entities

    union all

    select
        'mass_change' as kind,
        flow as record_key,
        cast(null as varchar) as property,
        'A push would stop: ' || what_was_seen || '.' as message,
        'Read the plan: `lenke plan`. If it is meant: `lenke sync --allow-mass-change`.'
            as next_step
    from guards

    union all

    select
        'rule_without_member' as kind,
        system_name || ':' || entity as record_key,
        property,
        'No record of this installation has the member, so ' || flow
        || ' can''t match on it.' as message,
        'Nothing, if the installation does not give it; else ask the vendor.'
            as next_step
    from rules_without_member

    union all

    select
        'recovery' as kind,
        sign as record_key,
        cast(null as varchar) as property,
        'This ledger is not the newest one: ' || what_was_seen || '.' as message,
        'Restore the newest ledger.duckdb, or accept this one: '
        || '`lenke sync --accept-ledger`.' as next_step
    from recovery_signs

    union all

    select
        'clock_behind' as kind,
        'ledger' as record_key,
        cast(null as varchar) as property,
        'The clock is behind: an earlier run has written down '
        || cast(newest as varchar) || ' UTC.' as message,
        'Look at the clock (NTP). If it is right now, this ends by itself at that time.'
            as next_step
    from runs_ahead

    union all

    select
        'short_hash_key' as kind,
        'ledger' as record_key,
        cast(null as varchar) as property,
        'The hash key has fewer than 32 bytes: whoever finds it out by trying can '
        || 'find out identity numbers, too.' as message,
        'Set LENKE_HASH_KEY to what openssl rand -hex 32 prints. The next sync reads '
        || 'everything in full, and systems rest until lenke doctor --accept SYSTEM.'
            as next_step
    where {{ hash_key_is_short() }}

)

select * from whole_systems

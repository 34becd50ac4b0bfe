-- One row per thing that a person should look at. An empty table means that all is
-- well.

with

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

held_creates as (

    select * from {{ ref('inspect_held_creates') }}
    where held_because <> 'recovery'

),

held_properties as (

    select * from {{ ref('inspect_held_properties') }}

),

unconfirmed as (

    select * from {{ ref('inspect_unconfirmed') }}

),

reasons as (

    select * from {{ ref('reasons') }}

),

systems as (

    select * from {{ ref('match_systems') }}
    where is_configured and not is_usable

),

guards as (

    select * from {{ ref('outbound_guards') }}

),

open_writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where is_open

),

absent_members as (

    select members.*
    from {{ ref('merge_members') }} as members
    inner join {{ ref('match_systems') }} as usable
        on members.system_name = usable.system_name
    left join open_writes
        on
            members.member_key = {{ record_key(
                'open_writes.system_name', 'open_writes.entity', 'open_writes.record_id'
            ) }}
    where
        not members.is_available
        and usable.is_usable
        and open_writes.write_id is null

),

possible_doubles as (

    select * from {{ ref('match_possible_doubles') }}

),

recovery_signs as (

    select * from {{ ref('match_recovery_signs') }}

),

recovery as (

    select * from {{ ref('inspect_recovery') }}

),

unreadable as (

    select * from {{ ref('merge_outcomes') }}
    where is_unreadable

),

rules_without_member as (

    select * from {{ ref('inspect_rules_without_member') }}

),

gone as (

    select * from {{ ref('inspect_gone') }}

),

runs_ahead as (

    select max(started_at) as newest from {{ ref('stg_ledger__runs') }}
    having {{ seconds_between(now_utc(), 'max(started_at)') }} > 60

),

findings as (

    select
        'ambiguous_match' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'It matches several records, or shares a match, in ' || flow || ' (by '
        || matched_by || '): ' || candidate_keys || '.' as message,
        'Link the right pair: lenke link ' || flow || ' ' || source_key
        || ' TARGET. Or make the values differ where they are wrong.' as next_step
    from ambiguous

    union all

    select
        'held_create' as kind,
        held_creates.source_key as record_key,
        cast(null as varchar) as property,
        'Not created in ' || held_creates.flow || ': ' || reasons.meaning
        || coalesce(' (' || held_creates.details || ')', '') || '.' as message,
        reasons.next_step
    from held_creates
    inner join reasons on held_creates.held_because = reasons.reason
    where held_creates.held_because not in ('rekeyed', 'id_reused')

    union all

    select
        'held_' || held_properties.held_because as kind,
        held_properties.record_key,
        held_properties.property,
        'Not passed on: ' || reasons.meaning || ' ('
        || coalesce(held_properties.details, '') || ').' as message,
        reasons.next_step
    from held_properties
    inner join reasons on held_properties.held_because = reasons.reason

    union all

    select
        'unconfirmed_edit' as kind,
        unconfirmed.record_key,
        unconfirmed.property,
        'Not believed: ' || reasons.meaning || ' (' || unconfirmed.details || ').'
            as message,
        reasons.next_step
    from unconfirmed
    inner join reasons on reasons.reason = 'unconfirmed_edit'

    union all

    select
        case when rests then 'system_rests' else 'system_not_read' end as kind,
        system_name as record_key,
        cast(null as varchar) as property,
        'Nothing was decided or written for ' || system_name || ': ' || why_not || '.'
            as message,
        case
            when rests
                then
                    'See in the system whether that is how it is; if so, run lenke '
                    || 'sync --full --allow-mass-change.'
            else 'Run lenke doctor; the next sync tries again.'
        end as next_step
    from systems

    union all

    select
        'mass_change' as kind,
        flow as record_key,
        cast(null as varchar) as property,
        'A push would stop: ' || what_was_seen || '.' as message,
        'Read the plan; if it is meant, push with --allow-mass-change.' as next_step
    from guards

    union all

    select
        'open_write' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'Nobody knows yet whether the ' || operation || ' in ' || system_name || ' '
        || entity || ' was applied' || coalesce(': ' || error, '') || '.' as message,
        case
            when status = 'held'
                then
                    'Keep the right one: delete the others there, or lenke link '
                    || flow || ' ' || source_key || ' TARGET.'
            else 'The next sync looks before anything is sent again.'
        end as next_step
    from open_writes

    union all

    select
        'absent_record' as kind,
        member_key as record_key,
        cast(null as varchar) as property,
        'It is linked, but the newest complete listing does not have it, or it is '
        || 'deleted. It is neither edited nor written.' as message,
        'Restore it, or end the link with lenke unlink.' as next_step
    from absent_members

    union all

    select
        'possible_double' as kind,
        target_key as record_key,
        cast(null as varchar) as property,
        'It is like what we sent for ' || source_key || ' in ' || flow
        || ', which could not be found then; it may have been applied long after, or '
        || 'stamped by a clock far from ours.'
            as message,
        'If it is the same, keep one: delete the other, or lenke link ' || flow || ' '
        || source_key || ' ' || target_key || '.' as next_step
    from possible_doubles

    union all

    select
        'unreadable_value' as kind,
        member_key as record_key,
        name as property,
        'It holds a list or an object where a single value belongs. It counts as not '
        || 'told: nothing is passed on, and nothing is written there.' as message,
        'Ask the vendor what has changed; correct the json_path in '
        || 'seeds/entity_properties.csv if the value has moved.' as next_step
    from unreadable

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
        kind,
        record_key,
        cast(null as varchar) as property,
        message,
        next_step
    from gone

    union all

    select
        'recovery' as kind,
        sign as record_key,
        cast(null as varchar) as property,
        'This ledger is not the newest one: ' || what_was_seen || '.' as message,
        'Restore the newest ledger.duckdb, or accept this one with lenke sync '
        || '--accept-ledger.' as next_step
    from recovery_signs

    union all

    select
        kind,
        record_key,
        property,
        message,
        next_step
    from recovery

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

)

select * from findings

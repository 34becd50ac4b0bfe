-- One row per thing that concerns a whole system, an entity or a flow.

with

systems as (

    select * from {{ ref('match_systems') }}
    where is_configured and not is_usable and is_paused is distinct from true

),

refused_entities as (

    select * from {{ ref('match_entities') }}
    where is_refused

),

guards as (

    select * from {{ ref('outbound_guards') }}

),

rules_without_member as (

    select * from {{ ref('inspect_rules_without_member') }}

),

findings as (

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
        end as next_step,
        cast(null as varchar) as told_apart_by
    from systems

    union all

    select
        'entity_not_granted' as kind,
        system_name || ':' || entity as record_key,
        cast(null as varchar) as property,
        'Nothing was decided or written for ' || entity || ' in ' || system_name
        || '; the rest of it goes on: ' || why_not || '.' as message,
        'Let the system''s owner grant it; `lenke doctor` names what is missing.'
            as next_step,
        cast(null as varchar) as told_apart_by
    from refused_entities

    union all

    select
        'mass_change' as kind,
        flow as record_key,
        cast(null as varchar) as property,
        'A push would stop: ' || what_was_seen || '.' as message,
        'Read the plan: `lenke plan`. If it is meant: `lenke sync --allow-mass-change`.'
            as next_step,
        operation as told_apart_by
    from guards

    union all

    select
        'rule_without_member' as kind,
        system_name || ':' || entity as record_key,
        property,
        'No record of this installation has the member, so ' || flow
        || ' can''t match on it.' as message,
        'Nothing, if the installation does not give it; else ask the vendor.'
            as next_step,
        flow as told_apart_by
    from rules_without_member

)

select * from findings

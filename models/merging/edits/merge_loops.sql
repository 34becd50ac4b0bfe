{{ config(materialized="view") }}

-- One row per star and property whose value goes to and fro: within `loop_hours` it has
-- come back `loop_count` times to a value that it had before, as when two systems undo
-- each other's automations. Its edits are held until a person decides, or until that
-- time is over. Time is told by the newest run, so that a build does not depend on when
-- it is made.

with

value_history as (

    select * from {{ ref('stg_ledger__value_history') }}
    where rule <> 'first_meeting'

),

put_back as (

    select * from {{ ref('stg_ledger__conflicts') }}
    where rule = 'one_way'

),

decisions as (

    select
        source_key,
        property,
        max(decided_at) as decided_at
    from {{ ref('stg_ledger__decisions') }}
    where kind in ('acknowledge', 'restore') and property is not null
    group by source_key, property

),

limits as (

    select
        max(case when limit_name = 'loop_count' then limit_value end) as loop_count,
        max(case when limit_name = 'loop_hours' then limit_value end) as loop_hours
    from {{ ref('limits') }}

),

newest_run as (

    select max(started_at) as started_at from {{ ref('stg_ledger__runs') }}

),

changes as (

    select
        source_key,
        property,
        agreed_value as new_value,
        previous_value as old_value,
        agreed_at as changed_at
    from value_history

    union all

    -- Where a property goes one way, what a target changes is put back each time.
    select
        source_key,
        property,
        losing_value as new_value,
        winning_value as old_value,
        noted_at as changed_at
    from put_back

),

recent as (

    select changes.*
    from changes
    cross join limits
    cross join newest_run
    left join decisions
        on
            changes.source_key = decisions.source_key
            and changes.property = decisions.property
    where
        {{ seconds_between('changes.changed_at', 'newest_run.started_at') }}
        < 3600 * limits.loop_hours
        and (
            decisions.decided_at is null
            or changes.changed_at > decisions.decided_at
        )

),

values_taken as (

    select source_key, property, new_value as taken from recent
    union
    select source_key, property, old_value as taken from recent

),

different_values as (

    select source_key, property, count(*) as different_values
    from values_taken
    group by source_key, property

),

all_changes as (

    select source_key, property, count(*) as changes
    from recent
    group by source_key, property

),

-- All changes but those that brought something new were changes back.
loops as (

    select all_changes.source_key, all_changes.property
    from all_changes
    cross join limits
    inner join different_values
        on
            all_changes.source_key = different_values.source_key
            and all_changes.property = different_values.property
    where
        all_changes.changes - (different_values.different_values - 1)
        >= limits.loop_count

)

select * from loops

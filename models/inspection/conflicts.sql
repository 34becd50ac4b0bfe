{{ config(materialized="view") }}

-- One row per losing value: whose value was not taken, and which one was. Those that
-- this build has found and no push has written down yet have no `run_id`.

with

ledger_conflicts as (

    select * from {{ ref('stg_ledger__conflicts') }}

),

new_conflicts as (

    select * from {{ ref('merge_conflicts') }}

),

-- A push that could not build again afterwards leaves what it has written down.
not_written_down as (

    select new_conflicts.*
    from new_conflicts
    left join ledger_conflicts
        on
            new_conflicts.source_key = ledger_conflicts.source_key
            and new_conflicts.property = ledger_conflicts.property
            and new_conflicts.losing_key = ledger_conflicts.losing_key
            and new_conflicts.losing_value
            is not distinct from ledger_conflicts.losing_value
            and new_conflicts.winning_value
            is not distinct from ledger_conflicts.winning_value
            and ledger_conflicts.status in ('open', 'noted')
    where ledger_conflicts.conflict_id is null

),

conflicts as (

    select
        source_key,
        property,
        winning_system,
        winning_value,
        losing_system,
        losing_value,
        rule,
        run_id,
        status,
        losing_key,
        noted_at,
        conflict_id
    from ledger_conflicts

    union all

    select
        source_key,
        property,
        winning_system,
        winning_value,
        losing_system,
        losing_value,
        rule,
        cast(null as varchar) as run_id,
        status,
        losing_key,
        cast(null as timestamp) as noted_at,
        cast(null as varchar) as conflict_id
    from not_written_down

)

select * from conflicts

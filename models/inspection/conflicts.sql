-- One row per losing value: whose value was not taken, and which one was. Those that
-- this build has found and no push has written down yet have no `run_id`.

with

ledger_conflicts as (

    select * from {{ ref('stg_ledger__conflicts') }}

),

new_conflicts as (

    select * from {{ ref('merge_conflicts') }}

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
    from new_conflicts

)

select * from conflicts

{{ config(materialized="view") }}

-- One row per run that the ledger has counted, with how it ended.

with

ledger_runs as (

    select * from {{ ref('stg_ledger__runs') }}

),

runs as (

    select
        run_id,
        run_number,
        command,
        started_at,
        finished_at,
        outcome,
        exit_code,
        summary
    from ledger_runs

)

select * from runs

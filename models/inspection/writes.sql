-- One row per write ever attempted: what it was to change, and what came of it.

with

ledger_writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

writes as (

    select
        run_id,
        operation,
        system_name as system,
        entity,
        record_id,
        properties_before,
        properties_after,
        status,
        error,
        intended_at,
        settled_at,
        flow,
        source_key,
        write_id,
        is_unguarded,
        delivered
    from ledger_writes

)

select * from writes

-- One row per file beside the ledger that knows of a later step than the ledger, or of
-- another ledger, as the run found them before it read anything.

with

source as (

    select
        witness,
        ledger_id,
        run_counter,
        what_was_seen
    from {{ run_table('witnesses', {
        'witness': 'varchar', 'ledger_id': 'varchar', 'run_counter': 'bigint',
        'what_was_seen': 'varchar',
    }) }}

)

select * from source

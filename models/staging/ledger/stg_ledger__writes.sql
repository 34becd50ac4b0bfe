-- One row per write ever attempted: its intent, and its newest receipt if there is one.
-- A receipt without an intent is a write that was not sent, because the record was not
-- there, or not to be had, when it was read just before.
-- A write without a receipt, or with an unknown outcome, is open; so is a create that
-- several records could have come from (`held`), until a person has looked at them.

with

source as (

    select * from {{ source('ledger', 'writes') }}

),

intents as (

    select * from source where event = 'intent'

),

receipts as (

    select
        source.*,
        row_number() over (
            partition by source.write_id
            order by
                case when source.status in ('unknown', 'held') then 1 else 0 end,
                source.event_at desc
        ) as newest_first
    from source
    where source.event = 'receipt'

),

newest_receipts as (

    select * from receipts where newest_first = 1

),

sent as (

    select
        intents.write_id,
        intents.run_id,
        intents.operation,
        intents.flow,
        intents.system_name,
        intents.entity,
        coalesce(newest_receipts.record_id, intents.record_id) as record_id,
        intents.source_key,
        intents.properties_before,
        intents.properties_after,
        intents.delivered,
        intents.payload_hash,
        coalesce(newest_receipts.status, 'open') as status,
        newest_receipts.error,
        newest_receipts.refused_units,
        coalesce(newest_receipts.is_unguarded, false) as is_unguarded,
        intents.event_at as intended_at,
        newest_receipts.event_at as settled_at,
        coalesce(newest_receipts.status, 'unknown') in ('unknown', 'held') as is_open
    from intents
    left join newest_receipts on intents.write_id = newest_receipts.write_id

),

not_sent as (

    select
        newest_receipts.write_id,
        newest_receipts.run_id,
        newest_receipts.operation,
        newest_receipts.flow,
        newest_receipts.system_name,
        newest_receipts.entity,
        newest_receipts.record_id,
        newest_receipts.source_key,
        newest_receipts.properties_before,
        newest_receipts.properties_after,
        newest_receipts.delivered,
        newest_receipts.payload_hash,
        newest_receipts.status,
        newest_receipts.error,
        newest_receipts.refused_units,
        false as is_unguarded,
        newest_receipts.event_at as intended_at,
        newest_receipts.event_at as settled_at,
        false as is_open
    from newest_receipts
    left join intents on newest_receipts.write_id = intents.write_id
    where intents.write_id is null

),

writes as (

    select * from sent
    union all
    select * from not_sent

)

select * from writes

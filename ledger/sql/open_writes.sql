-- Writes without a clear answer, by system, oldest first. `sent_at` is the latest
-- moment at which one can have left us.
with receipts as (
    select
        write_id,
        bool_or(status not in ('unknown', 'held')) as is_settled,
        bool_or(status = 'held') as is_held,
        max(case when status = 'unknown' then event_at end) as unknown_at
    from ledger.writes
    where event = 'receipt'
    group by write_id
)

select
    intents.write_id,
    intents.run_id,
    intents.operation,
    intents.flow,
    intents.system_name,
    intents.entity,
    intents.record_id,
    intents.source_key,
    intents.payload_hash,
    intents.changes,
    intents.event_at,
    coalesce(receipts.unknown_at, intents.event_at) as sent_at,
    coalesce(receipts.is_held, false) as is_held,
    receipts.unknown_at is not null as is_unsure
from ledger.writes as intents
left join receipts on intents.write_id = receipts.write_id
where intents.event = 'intent' and not coalesce(receipts.is_settled, false)
order by intents.system_name, intents.event_at, intents.write_id

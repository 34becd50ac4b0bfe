"""The writes that were done and are not folded yet, as SQL on the ledger."""

UNFOLDED = """
    from ledger.writes as receipts
    where
        receipts.event = 'receipt'
        and receipts.status = 'done'
        and not exists (
            select 1 from ledger.folded_writes as folded
            where folded.write_id = receipts.write_id
        )
"""

# Each write has one such receipt, so counting both is enough; it is much quicker.
WAITING = """
select
    (
        select count(*) from ledger.writes
        where writes.event = 'receipt' and writes.status = 'done'
    ) - (select count(*) from ledger.folded_writes)
"""

# A record may have been written twice since the last folding: the newest write counts.
# A create whose record is linked elsewhere tells nothing: a target is in one star only.
NEWLY_DONE = f"""
create or replace temp table newly_done as
with waiting as (
    select receipts.*, receipts.rowid as place
    {UNFOLDED}
),
placed as (
    select
        waiting.*,
        concat_ws(':', waiting.system_name, waiting.entity, waiting.record_id)
            as record_key
    from waiting
),
creators as (
    select
        placed.write_id,
        row_number() over (
            partition by placed.record_key order by placed.event_at, placed.write_id
        ) as first_come
    from placed
    where placed.operation = 'create'
),
taken as (
    select placed.write_id
    from placed
    inner join ledger.links on placed.record_key = links.target_key
    where
        placed.operation = 'create'
        and links.ended_at is null
        and (links.flow, links.source_key) <> (placed.flow, placed.source_key)
    union
    select creators.write_id
    from creators
    where creators.first_come > 1
),
receipts as (
    select placed.*
    from placed
    left join taken on placed.write_id = taken.write_id
    where taken.write_id is null
)
select
    receipts.write_id,
    receipts.run_id,
    receipts.event_at,
    receipts.operation,
    receipts.flow,
    receipts.source_key,
    receipts.record_key,
    receipts.stored,
    receipts.stored_stamp,
    receipts.stored_version,
    receipts.matched_by,
    coalesce(receipts.matched_by = $adopted, false) as is_adopted,
    intents.changes,
    -- A write that a later run has settled was sent before that run.
    case
        when receipts.run_id = intents.run_id then receipts.event_at
        else coalesce(unsure.unknown_at, intents.event_at)
    end as written_at,
    row_number() over (
        partition by receipts.record_key
        order by receipts.event_at desc, receipts.place desc
    ) as newest_first
from receipts
inner join ledger.writes as intents
    on intents.write_id = receipts.write_id and intents.event = 'intent'
left join (
    select write_id, max(event_at) as unknown_at
    from ledger.writes
    where event = 'receipt' and status = 'unknown'
    group by write_id
) as unsure on receipts.write_id = unsure.write_id
"""  # noqa: S608 - text of ours

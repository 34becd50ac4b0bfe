-- The receipts of writes that were done and are not folded yet; `place` leads to what
-- was stored, which is too much to carry along.
create or replace temp table unfolded as
select
    receipts.write_id,
    receipts.run_id,
    receipts.event_at,
    receipts.operation,
    receipts.flow,
    receipts.system_name,
    receipts.entity,
    receipts.record_id,
    receipts.source_key,
    receipts.stored_stamp,
    receipts.stored_version,
    receipts.matched_by,
    receipts.rowid as place
from ledger.writes as receipts
where
    receipts.event = 'receipt'
    and receipts.status = 'done'
    and not exists (
        select 1 from ledger.folded_writes as folded
        where folded.write_id = receipts.write_id
    );

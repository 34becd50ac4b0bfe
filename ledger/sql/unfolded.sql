-- The receipts of writes that were done and are not folded yet.
create or replace temp table unfolded as
select receipts.*, receipts.rowid as place
from ledger.writes as receipts
where
    receipts.event = 'receipt'
    and receipts.status = 'done'
    and not exists (
        select 1 from ledger.folded_writes as folded
        where folded.write_id = receipts.write_id
    );

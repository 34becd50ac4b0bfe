-- How many receipts are not folded. Each write has one such receipt, so counting both
-- is enough; it is much quicker than looking for them.
select
    (
        select count(*) from ledger.writes
        where writes.event = 'receipt' and writes.status = 'done'
    ) - (select count(*) from ledger.folded_writes);

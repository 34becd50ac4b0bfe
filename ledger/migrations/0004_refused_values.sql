-- `refused_units` (receipts): the fingerprints of the values that the system refused, as
-- a JSON list; empty when it was not said which, so that the rest was tried by itself;
-- null when the whole write is refused. `is_unguarded` (receipts): the write went without
-- the guard that its system is said to have.
alter table ledger.writes add column refused_units varchar;
alter table ledger.writes add column is_unguarded boolean;

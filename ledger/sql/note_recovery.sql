-- This ledger is an old one.
insert into ledger.recoveries (run_id, noticed_at, what_was_seen)
values ($run_id, $now, $what_was_seen);

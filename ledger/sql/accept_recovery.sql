-- A person has accepted this ledger.
update ledger.recoveries
set accepted_at = $now, accepted_run_id = $run_id
where accepted_at is null;

-- A step of the ledger before anything is sent: a copy from before the push is behind
-- what `ledger.id` is told.
update ledger.identity
set run_counter = run_counter + 1
where
    exists (select 1 from warehouse.outbound.outbound_requests)
    or exists (select 1 from warehouse.matching.match_new_links)
    or exists (select 1 from warehouse.matching.match_ended_links)
    or exists (select 1 from warehouse.merging.merge_conflicts)
    or exists (
        select 1 from warehouse.staging.stg_ledger__moved_records where takes_over
    );

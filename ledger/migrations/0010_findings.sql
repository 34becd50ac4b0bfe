-- One row per finding, since when it is there; one that is gone is forgotten, and new
-- when it comes back.
create table ledger.findings (
    finding_id varchar not null,
    record_key varchar not null,
    run_id varchar not null,
    first_seen_at timestamp not null
);

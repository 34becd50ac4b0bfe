-- One row per flow and record that the rules about records leave out: what it was when
-- nobody can tell what it is. `noted_at`: since when.
create table ledger.excluded_records (
    flow varchar not null,
    record_key varchar not null,
    run_id varchar not null,
    noted_at timestamp not null
);

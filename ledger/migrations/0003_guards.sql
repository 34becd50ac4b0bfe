-- What the guards on mass changes need to add up over runs.

-- Whether a person let the run pass the guards: what was written until then counts no
-- more. Of the runs before this, nobody knows: what they wrote does not count either.
alter table ledger.runs add column allows_mass_change boolean default false;
update ledger.runs set allows_mass_change = true;

-- One row per write that was planned when a flow's first run began: a create, or what
-- records give each other when they meet. The first run is over when all of them are
-- settled or held; then they are forgotten. What turns up meanwhile is not of them.
create table ledger.first_run_writes (
    flow varchar not null,
    write_key varchar not null,
    run_id varchar not null
);

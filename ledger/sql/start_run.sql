-- A run that has begun.
insert into ledger.runs (
    run_id, run_number, command, started_at, allows_mass_change
)
values ($run_id, $run_number, $command, $started_at, $allows_mass_change);

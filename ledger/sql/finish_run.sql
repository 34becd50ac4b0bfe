-- How a run ended.
update ledger.runs
set
    finished_at = $now,
    outcome = $outcome,
    exit_code = $exit_code,
    summary = $summary
where run_id = $run_id;

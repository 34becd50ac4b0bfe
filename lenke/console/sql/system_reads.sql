-- One row per run that read the system, the newest first: how many records it read of
-- each kind. A run that asked for changes alone reads few.
select
    run_id, started_at, outcome,
    json_extract(summary, '$.loaded.' || $system) as loaded,
    json_extract_string(summary, '$.unreachable.' || $system) as unreachable
from inspection.runs
where
    json_exists(summary, '$.loaded.' || $system)
    or json_exists(summary, '$.unreachable.' || $system)
order by run_number desc
limit 30

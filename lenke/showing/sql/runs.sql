-- One row per run, the newest first.
select run_id, command, started_at, finished_at, outcome, exit_code
from inspection.runs
order by started_at desc
limit $most

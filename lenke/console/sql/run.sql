-- One row: the run.
select *, 1 as in_all
from inspection.runs
where run_id = $run

-- One row per system, operation and outcome: how many writes of the run.
select system, operation, status, count(*) as writes
from inspection.writes
where run_id = $run
group by system, operation, status
order by system, operation, status

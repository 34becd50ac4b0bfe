-- One row per run, the newest first, with what came of its writes.
with writes as (
    select
        run_id,
        count(*) as writes,
        count(*) filter (status = 'done') as done,
        count(*) filter (status = 'refused') as refused,
        count(*) filter (status in ('moved', 'gone', 'not_applied')) as not_sent,
        count(*) filter (status in ('open', 'unknown', 'held')) as unknown
    from inspection.writes
    group by run_id
)

select
    runs.run_id, runs.command, runs.started_at, runs.finished_at, runs.outcome,
    runs.exit_code, coalesce(writes.writes, 0) as writes,
    coalesce(writes.done, 0) as done, coalesce(writes.refused, 0) as refused,
    coalesce(writes.not_sent, 0) as not_sent,
    coalesce(writes.unknown, 0) as unknown,
    count(*) over () as in_all,
    count(*) filter (runs.started_at > $since) over () as since_then,
    count(*) filter (
        runs.started_at > $since and runs.exit_code is distinct from 0
    ) over () as with_trouble
from inspection.runs
left join writes using (run_id)
where
    (not $with_writes or writes.writes > 0)
    and (not $with_trouble or runs.exit_code is distinct from 0)
order by runs.run_number desc
limit 50 offset $offset

-- One row per run, the newest first, with what came of its writes. The newest one may
-- be active; an older one without an end was killed.
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
),

judged as (
    select
        *,
        coalesce(exit_code <> 0, finished_at is null and run_number < (
            select max(run_number) from inspection.runs
        )) as is_trouble
    from inspection.runs
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
        runs.started_at > $since and runs.is_trouble
    ) over () as with_trouble
from judged as runs
left join writes using (run_id)
where
    (not $with_writes or writes.writes > 0)
    and (not $with_trouble or runs.is_trouble)
order by runs.run_number desc
limit 50 offset $offset

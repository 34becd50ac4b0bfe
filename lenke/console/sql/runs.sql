-- One row per run, the newest first, with what came of its writes. The newest one may
-- be active; an older one without an end was killed.
with writes as (
    select
        run_id,
        count(*) as writes,
        count(*) filter (status = 'done') as done,
        count(*) filter (status = 'refused') as refused,
        count(*) filter (status in ('moved', 'gone', 'not_applied')) as not_sent,
        count(*) filter (status in ('open', 'unknown', 'held')) as in_doubt
    from inspection.writes
    group by run_id
),

judged as (
    select
        *,
        coalesce(
            exit_code <> 0,
            finished_at is null and run_number < max(run_number) over ()
        ) as is_trouble
    from inspection.runs
)

select
    judged.run_id, judged.command, judged.started_at, judged.finished_at,
    judged.outcome, judged.exit_code, coalesce(writes.writes, 0) as writes,
    coalesce(writes.done, 0) as done, coalesce(writes.refused, 0) as refused,
    coalesce(writes.not_sent, 0) as not_sent,
    coalesce(writes.in_doubt, 0) as in_doubt,
    count(*) over () as in_all,
    count(*) filter (judged.started_at > $since) over () as since_then,
    count(*) filter (
        judged.started_at > $since and judged.is_trouble
    ) over () as with_trouble
from judged
left join writes on judged.run_id = writes.run_id
where
    (not $with_writes or writes.writes > 0)
    and (not $with_trouble or judged.is_trouble)
order by judged.run_number desc
limit 50 offset $offset

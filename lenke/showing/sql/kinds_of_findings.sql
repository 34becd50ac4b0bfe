-- One row per kind of findings: how many nobody lets stand, how many of these no run
-- before the newest one that went through had, and how many somebody lets stand. (What
-- an older Lenke has published does not say.)
with newest as (
    select max(run_number) as run_number
    from inspection.runs
    where
        command in ('sync', 'push')
        and (
            exit_code in (0, 3)
            or outcome in ('system rests', 'property rests')
        )
),

findings as (
    select * from inspection.findings
    union all by name
    select
        cast(null as timestamp) as acknowledged_at,
        cast(null as timestamp) as first_seen_at,
        cast(null as varchar) as first_seen_run_id
    where false
)

select
    findings.kind,
    count(*) filter (where findings.acknowledged_at is null) as findings,
    count(*) filter (
        where
        findings.acknowledged_at is null
        and (
            findings.first_seen_at is null
            or newest.run_number is null
            or runs.run_number >= newest.run_number
        )
    ) as new_findings,
    count(*) filter (where findings.acknowledged_at is not null) as let_stand
from findings
cross join newest
left join inspection.runs as runs on findings.first_seen_run_id = runs.run_id
group by findings.kind
order by findings.kind

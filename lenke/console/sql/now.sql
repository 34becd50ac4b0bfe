-- One row: how the newest run went, what people should look at, what waits.
with newest as (
    select * from inspection.runs order by run_number desc limit 1
),

findings as (
    select
        count(*) filter (acknowledged_at is null) as open_findings,
        count(*) filter (acknowledged_at is null and reach = 'system')
            as stops_systems,
        count(*) filter (
            acknowledged_at is null and coalesce(first_seen_at > $since, true)
        ) as new_findings
    from inspection.findings
),

lost as (
    select count(*) as conflicts from inspection.conflicts where status = 'open'
),

planned as (
    select count(*) as writes from inspection.plan
),

decided as (
    select count(*) as waiting from inspection.decisions where status = 'waits'
)

select
    published.built_at, newest.run_id, newest.command, newest.started_at,
    newest.finished_at, newest.outcome, newest.exit_code, newest.summary,
    findings.open_findings, findings.stops_systems, findings.new_findings,
    lost.conflicts, planned.writes as planned, decided.waiting as decided
from inspection.published
cross join findings
cross join lost
cross join planned
cross join decided
left join newest on true

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
)

select
    published.built_at, newest.run_id, newest.command, newest.started_at,
    newest.finished_at, newest.outcome, newest.exit_code, newest.summary,
    findings.open_findings, findings.stops_systems, findings.new_findings,
    (select count(*) from inspection.conflicts where status = 'open') as conflicts,
    (select count(*) from inspection.plan) as planned,
    (select count(*) from inspection.decisions where status = 'waits') as decided
from inspection.published
cross join findings
left join newest on true

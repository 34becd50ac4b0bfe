-- One row per finding: what stops most first, what a person lets stand last. New is
-- what nobody has acknowledged and no run had written down before the newest one that
-- went through.
with newest as (
    select max(run_number) as run_number
    from inspection.runs
    where
        command in ('sync', 'push')
        and (
            exit_code in (0, 3)
            or outcome in ('system rests', 'property rests')
        )
)

select
    findings.kind, findings.record_key, findings.property, findings.message,
    findings.next_step, findings.record_name,
    left(findings.finding_id, $short) as finding_id, findings.reach,
    findings.first_seen_at, findings.acknowledged_at, findings.acknowledged_by,
    findings.acknowledged_because, findings.records
from inspection.findings as findings
cross join newest
left join inspection.runs as runs on findings.first_seen_run_id = runs.run_id
where
    ($kind is null or findings.kind = $kind)
    and ($everything or findings.acknowledged_at is null)
    and (
        not $new
        or findings.first_seen_at is null
        or newest.run_number is null
        or runs.run_number >= newest.run_number
    )
order by
    findings.acknowledged_at is not null,
    case findings.reach when 'system' then 1 when 'flow' then 2 else 3 end,
    findings.kind, findings.record_key, findings.property, findings.message

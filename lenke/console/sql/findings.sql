-- One row per finding: what stops most first, what somebody lets stand last.
select
    finding_id, kind, reach, record_key, record_name, property, message, next_step,
    records, first_seen_at, first_seen_run_id, acknowledged_at, acknowledged_by,
    acknowledged_because, coalesce(first_seen_at > $since, true) as is_new,
    count(*) over () as in_all,
    count(*) filter (coalesce(first_seen_at > $since, true)) over () as new_ones,
    count(*) filter (reach = 'system') over () as stop_systems
from inspection.findings
where
    ($everything or acknowledged_at is null)
    and ($kind is null or kind = $kind)
    and ($reach is null or reach = $reach)
    and ($system is null or starts_with(record_key || ':', $system || ':'))
order by
    acknowledged_at is not null,
    case reach when 'system' then 1 when 'flow' then 2 else 3 end,
    kind, record_key, property, message
limit 50 offset $offset

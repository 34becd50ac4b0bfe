-- One row per decision of a person: what waits first.
select
    left(decision_id, $short) as id, kind, flow, source_key, target_key, property,
    decided_value, reason, decided_by, decided_at, status, details, run_id, settled_at
from inspection.decisions
where
    ($kind is null or kind = $kind)
    and (not $waiting or status = 'waits')
order by status = 'waits' desc, decided_at desc, id asc

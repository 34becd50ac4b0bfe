-- One row per decision of a person about a star, a record, its flows or its systems,
-- the newest first.
select
    decision_id, kind, flow, source_key, target_key, property, decided_value, reason,
    decided_by, decided_at, status, details, run_id, settled_at
from inspection.decisions
where
    list_contains($keys, source_key)
    or list_contains($keys, target_key)
    or (
        kind in ('pause', 'resume')
        and (list_contains($flows, flow) or list_contains($systems, source_key))
    )
order by decided_at desc, decision_id asc

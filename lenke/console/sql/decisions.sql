-- One row per decision of a person: what no run has come to first.
select
    decision_id, kind, flow, source_key, target_key, property, decided_value, reason,
    decided_by, decided_at, status, details, run_id, count(*) over () as in_all,
    count(*) filter (status = 'waits') over () as waiting
from inspection.decisions
order by status = 'waits' desc, decided_at desc, decision_id asc
limit 50 offset $offset

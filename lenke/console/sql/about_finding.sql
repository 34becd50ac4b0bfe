-- One row per decision of a person about the record of a finding, the newest first.
select
    kind, flow, source_key, target_key, property, decided_value, reason, decided_by,
    decided_at, status, details, count(*) over () as in_all
from inspection.decisions
where $key in (source_key, target_key, flow)
order by decided_at desc
limit 50

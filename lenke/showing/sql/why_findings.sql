-- One row per finding about one of the records.
select kind, record_key, property, message, next_step
from inspection.findings
where list_contains($keys, record_key)
order by kind, record_key, property, message

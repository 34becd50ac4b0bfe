-- One row per finding.
select kind, record_key, property, message, next_step, record_name
from inspection.findings
where $kind is null or kind = $kind
order by kind, record_key, property, message

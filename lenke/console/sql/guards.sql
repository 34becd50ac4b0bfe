-- One row per finding of a guard: what would stop a push, or lets a system rest.
select finding_id, kind, record_key, message, next_step
from inspection.findings
where kind in ('mass_change', 'recovery', 'system_rests', 'property_rests')
order by kind, record_key

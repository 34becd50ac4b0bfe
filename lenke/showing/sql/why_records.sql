-- One row per record that is asked for: what it is called, and what is the matter.
select record_key, system, entity, record_id, record_name, record_number, state
from inspection.records
where list_contains($keys, record_key)
order by record_key

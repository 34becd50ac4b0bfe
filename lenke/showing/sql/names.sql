-- One row per record that is asked for.
select record_key, record_name
from inspection.records
where list_contains($keys, record_key)

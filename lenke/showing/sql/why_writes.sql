-- One row per write of a star or to a record, the newest first.
select
    write_id, run_id, operation, flow, system, entity, record_id,
    system || ':' || entity || ':' || record_id as record_key, source_key,
    properties_before, properties_after, delivered, status, error, intended_at,
    settled_at
from inspection.writes
where
    list_contains($sources, source_key)
    or list_contains($keys, system || ':' || entity || ':' || record_id)
order by intended_at desc, write_id asc

-- One row per write of a star that a push would send now.
select
    flow, operation, system, entity, record_id,
    system || ':' || entity || ':' || record_id as record_key, source_key,
    properties_before, properties_after, reason
from inspection.plan
where list_contains($sources, source_key)
order by flow, record_id

-- One row per write that a push would send now.
with page as (
    select
        *,
        coalesce(system || ':' || entity || ':' || record_id, source_key)
            as record_key,
        count(*) over () as in_all,
        count(*) filter (operation = 'delete') over () as deletes,
        count(*) filter (operation = 'create') over () as creates,
        count(*) filter (operation = 'update') over () as updates
    from inspection.plan
    where $flow is null or flow = $flow
    order by operation <> 'delete', flow, operation, record_id, source_key
    limit 50 offset $offset
)

select
    page.operation, page.flow, page.system, page.entity, page.record_id,
    page.record_key, records.record_name, page.source_key, page.properties_before,
    page.properties_after, page.reason, page.in_all, page.deletes, page.creates,
    page.updates
from page
left join inspection.records on page.record_key = records.record_key
order by
    page.operation <> 'delete', page.flow, page.operation, page.record_id,
    page.source_key

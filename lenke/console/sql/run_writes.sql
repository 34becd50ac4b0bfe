-- One row per write of the run, with before and after: what is not done first.
with page as (
    select
        *,
        coalesce(system || ':' || entity || ':' || record_id, source_key)
            as record_key,
        count(*) over () as in_all
    from inspection.writes
    where run_id = $run
    order by status = 'done', operation <> 'delete', intended_at, write_id
    limit 50 offset $offset
)

select
    page.operation, page.flow, page.system, page.entity, page.record_id,
    page.record_key, records.record_name, page.source_key, page.properties_before,
    page.properties_after, page.status, page.error, page.intended_at,
    page.settled_at, page.write_id, page.in_all
from page
left join inspection.records on page.record_key = records.record_key
order by
    page.status = 'done', page.operation <> 'delete', page.intended_at, page.write_id

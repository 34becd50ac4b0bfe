-- One row per link, with the names of both records. (What an older Lenke has published
-- does not say what rests.)
select
    links.flow, links.source_system, links.source_entity, links.source_id,
    links.target_system, links.target_entity, links.target_id, links.matched_by,
    links.established_at, links.ended_at, links.ended_because,
    links.source_key, sources.record_name as source_name,
    links.target_key, targets.record_name as target_name, links.rests_because
from (
    select * from inspection.links
    union all by name
    select cast(null as varchar) as rests_because where false
) as links
left join inspection.records as sources on links.source_key = sources.record_key
left join inspection.records as targets on links.target_key = targets.record_key
where
    ($flow is null or links.flow = $flow)
    and (
        $records is null
        or list_contains($records, links.source_key)
        or list_contains($records, links.target_key)
    )
    and ($past or links.ended_at is null)
order by links.flow, links.source_id, links.target_id

-- One row per write of the plan and property of it: what is there, what it becomes, and
-- because of whose value. A record that is to be made goes by its source.
with lines as (
    select
        *,
        coalesce(system || ':' || entity || ':' || record_id, source_key) as record_key,
        unnest(
            case
                when coalesce(len(json_keys(properties_after)), 0) = 0 then [null]
                else json_keys(properties_after)
            end
        ) as property
    from inspection.plan
)

select
    lines.operation, lines.system, lines.entity, lines.record_key,
    records.record_name, lines.property,
    json_extract_string(lines.properties_before, '$."' || lines.property || '"')
        as value_before,
    json_extract_string(lines.properties_after, '$."' || lines.property || '"')
        as value_after,
    coalesce(sights.won_by, lines.source_key) as because_of,
    winners.record_name as because_of_name,
    lines.reason, lines.flow
from lines
left join inspection.records on lines.record_key = records.record_key
left join inspection.sights
    on lines.record_key = sights.record_key and lines.property = sights.name
left join inspection.records as winners
    on coalesce(sights.won_by, lines.source_key) = winners.record_key
order by
    lines.operation <> 'delete', lines.flow, lines.operation, lines.record_key,
    lines.property

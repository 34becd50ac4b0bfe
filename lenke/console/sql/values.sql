-- One row per record and property: what was agreed on last for its star. A star goes by
-- its source, and so do its properties.
with members as (
    select source_key, target_key as record_key
    from inspection.links
    where ended_at is null and target_key in (select unnest($keys))
    union all
    select record_key as source_key, record_key
    from (select unnest($keys) as record_key) as asked
)

select
    members.record_key, history.source_key, history.property,
    -- An emptied value counts: arg_max would pass it over.
    arg_max_null(history.value_to, history.agreed_at) as agreed_value
from members
inner join inspection.history on members.source_key = history.source_key
group by members.record_key, history.source_key, history.property
order by history.property, members.record_key

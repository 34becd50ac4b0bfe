-- One row per record of a star and property that was not in step in the newest build.
select
    source_key, record_key, system, property, name, sight, shown_value, believed_value,
    edited_at, agreed_value, won_by, outcome, held_because
from inspection.sights
where list_contains($sources, source_key)
order by property, record_key

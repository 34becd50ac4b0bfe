-- One row per record that bears what was typed: as its id, key, name or number, or as a
-- value that was agreed on, or was not taken. What is called just so comes first.
-- (Identity numbers stand in no table.)
with named as (
    select
        record_key, record_name, record_number, state,
        case
            when record_key = $typed or record_id = $typed then 1
            when record_number = $typed then 1
            when lower(record_name) = lower($typed) then 2
            when contains(lower(record_name), lower($typed)) then 4
            else 5
        end as place,
        null as property, null as shown
    from inspection.records
    where
        contains(lower(record_name), lower($typed))
        or contains(lower(record_key), lower($typed))
        or record_number = $typed
),

valued as (
    select
        source_key as record_key, property, max_by(value_to, agreed_at) as shown
    from inspection.history
    where contains(lower(value_to), lower($typed))
    group by source_key, property
),

lost as (
    select
        source_key as record_key, property || ' (not taken)' as property,
        any_value(losing_value) as shown
    from inspection.conflicts
    where contains(lower(losing_value), lower($typed))
    group by source_key, property
),

hits as (
    select * from named
    union all
    select
        valued.record_key, records.record_name, records.record_number, records.state,
        case when lower(valued.shown) = lower($typed) then 3 else 6 end as place,
        valued.property, valued.shown
    from valued
    left join inspection.records on valued.record_key = records.record_key
    union all
    select
        lost.record_key, records.record_name, records.record_number, records.state,
        7 as place, lost.property, lost.shown
    from lost
    left join inspection.records on lost.record_key = records.record_key
),

best as (
    select
        record_key, any_value(record_name) as record_name,
        any_value(record_number) as record_number, any_value(state) as state,
        min(place) as place, min_by(property, place) as property,
        min_by(shown, place) as shown
    from hits
    group by record_key
)

select *, count(*) over () as in_all
from best
order by place, record_name, record_key
limit 50 offset $offset

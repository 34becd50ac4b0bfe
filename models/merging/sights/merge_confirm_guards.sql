-- One row per system with more records to confirm than a run may read singly: so many
-- stale or missing records are a fault of its lists, and reading them all would hammer
-- it. Such a system rests.

with

to_confirm as (

    select * from {{ ref('merge_to_confirm') }}
    where is_looked_at_anew is distinct from true

),

limits as (

    select limit_value from {{ ref('limits') }}
    where limit_name = 'confirm_count'

),

counted as (

    select
        system_name,
        count(*) as records,
        sum(case when reason = 'absent' then 1 else 0 end) as absent_records
    from to_confirm
    group by system_name

),

guards as (

    select
        counted.system_name,
        counted.records - counted.absent_records
        || ' records show an edit that nothing proves, and ' || counted.absent_records
        || ' linked ones are missing in its lists; at most '
        || cast(limits.limit_value as integer) || ' are read singly' as what_was_seen
    from counted
    cross join limits
    where
        counted.records > limits.limit_value
        and not {{ allow_mass_change() }}

)

select * from guards

-- One row per touched star, member and property: what becomes of it in this run. What
-- would become of it alone (merge_fates) counts, but a group is written together or not
-- at all: when part of it is held, or is not shown and lacks the agreed value, the rest
-- waits with it.

with

fates as (

    select * from {{ ref('merge_fates') }}

),

grouped as (

    select
        fates.*,
        fate = 'update'
        and bool_or(
            starts_with(fate, 'held_')
            or (
                fate = 'unknown'
                and (not is_delivered or delivered is distinct from agreed_value)
            )
        ) over (partition by source_key, member_key, property_group)
            as waits_for_its_group
    from fates

),

outcomes as (

    select
        grouped.*,
        case
            when waits_for_its_group or starts_with(fate, 'held_') then 'held'
            else fate
        end as outcome,
        case
            when waits_for_its_group then 'with_its_group'
            when starts_with(fate, 'held_') then substring(fate, 6)
        end as held_because
    from grouped

)

select * from outcomes

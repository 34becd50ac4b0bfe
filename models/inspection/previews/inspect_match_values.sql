{{ config(materialized='view') }}

-- One row per flow, combination and value that would identify badly: one that several
-- records of a side share (`shared`), or that is no possible value of its kind and
-- identifies nobody (`filler`). How many records of each side hold it.

with

parts as (

    select * from {{ ref('match_key_parts') }}

),

keys as (

    select * from {{ ref('match_keys') }}

),

fillers as (

    select
        flow,
        combination,
        'filler' as why,
        {{ shown_value('lower(canonical_value)', 'kind') }} as shown,
        side,
        record_key
    from parts
    where part_key is null

),

counted as (

    select
        flow,
        combination,
        why,
        shown,
        sum(case when side = 'source' then 1 else 0 end) as sources,
        sum(case when side = 'target' then 1 else 0 end) as targets
    from fillers
    group by flow, combination, why, shown

    union all

    select
        flow,
        combination,
        'shared' as why,
        min(shown) as shown,
        sum(case when side = 'source' then 1 else 0 end) as sources,
        sum(case when side = 'target' then 1 else 0 end) as targets
    from keys
    group by flow, combination, match_key
    having
        sum(case when side = 'source' then 1 else 0 end) > 1
        or sum(case when side = 'target' then 1 else 0 end) > 1

)

select * from counted

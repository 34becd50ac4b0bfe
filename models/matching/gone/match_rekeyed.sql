-- One row per flow and new source record that may be a former one under another key,
-- and the likeliest such: it has the national id of one that has left or vanished, or
-- equals it. It is probably the same thing, so no second target is made for it.

with

same_person as (

    select * from {{ ref('match_same_person') }}

),

equal_departed as (

    select * from {{ ref('match_equal_departed') }}

),

equal_vanished as (

    select * from {{ ref('match_equal_vanished') }}

),

found as (

    select *, 0 as precedence from same_person
    union all
    select *, 1 as precedence from equal_departed
    union all
    select *, 2 as precedence from equal_vanished

),

ranked as (

    select
        found.*,
        row_number() over (
            partition by flow, source_key order by precedence, target_key, former_key
        ) as likeliest_first
    from found

),

rekeyed as (

    select flow, source_key, former_key, target_key, state, likeness
    from ranked
    where likeliest_first = 1

)

select * from rekeyed

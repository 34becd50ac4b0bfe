-- One row per flow and pair of records that a person has linked: of several decisions
-- about one record, the newest.

with

decisions as (

    select * from {{ ref('match_decisions') }}
    where kind = 'link'

),

ranked as (

    select
        flow,
        source_key,
        target_key,
        row_number() over (
            partition by flow, source_key order by decided_at desc, target_key asc
        ) as newest_of_source,
        row_number() over (
            partition by target_key order by decided_at desc, flow asc, source_key asc
        ) as newest_of_target
    from decisions

),

decided_pairs as (

    select flow, source_key, target_key
    from ranked
    where newest_of_source = 1 and newest_of_target = 1

)

select * from decided_pairs

-- One row per flow and pair of records that a person has linked: of several decisions
-- about one record, the newest. That it is to have a target record of its own is one.

with

decisions as (

    select * from {{ ref('match_decisions') }}
    where kind = 'link'

),

decided_creates as (

    select flow, source_key from {{ ref('match_decided_creates') }}

),

ranked as (

    select
        decisions.flow,
        decisions.source_key,
        decisions.target_key,
        row_number() over (
            partition by decisions.flow, decisions.source_key
            order by decisions.decided_at desc, decisions.target_key asc
        ) as newest_of_source,
        row_number() over (
            partition by decisions.target_key
            order by
                decisions.decided_at desc, decisions.flow asc, decisions.source_key asc
        ) as newest_of_target
    from decisions
    left join decided_creates
        on
            decisions.flow = decided_creates.flow
            and decisions.source_key = decided_creates.source_key
    where decided_creates.flow is null

),

decided_pairs as (

    select flow, source_key, target_key
    from ranked
    where newest_of_source = 1 and newest_of_target = 1

)

select * from decided_pairs

-- One row per flow and operation that would change more than a run may change unseen:
-- more than a share of the flow's links and more than a number. What a flow writes in
-- its first run, when records meet for the first time, does not count. A push stops at
-- any row. A setting outranks the seed.

with

requests as (

    select * from {{ ref('outbound_requests') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

links as (

    select flow, count(*) as linked from {{ ref('match_links') }}
    group by flow

),

limits as (

    select
        coalesce(
            {{ setting('mass_change_share') }},
            max(case when limit_name = 'mass_change_share' then limit_value end)
        ) as share,
        coalesce(
            {{ setting('mass_change_count') }},
            max(case when limit_name = 'mass_change_count' then limit_value end)
        ) as number
    from {{ ref('limits') }}

),

counted as (

    select
        requests.flow,
        requests.operation,
        count(*) as planned
    from requests
    inner join flows on requests.flow = flows.flow
    where flows.is_settled or not requests.is_first_meeting
    group by requests.flow, requests.operation

),

guards as (

    select
        counted.flow,
        counted.operation,
        counted.planned,
        coalesce(links.linked, 0) as linked,
        limits.share,
        limits.number,
        counted.flow || ' would ' || counted.operation || ' ' || counted.planned
        || ' records, and has ' || coalesce(links.linked, 0) || ' linked'
            as what_was_seen
    from counted
    cross join limits
    left join links on counted.flow = links.flow
    where
        counted.planned > limits.number
        and counted.planned > limits.share * coalesce(links.linked, 0)
        and not {{ allow_mass_change() }}

)

select * from guards

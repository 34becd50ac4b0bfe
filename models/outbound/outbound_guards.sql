-- One row per flow and operation that would change more than a run may change unseen:
-- more than a share of the flow's links and more than a number. What a flow writes in
-- its first run, when records meet for the first time, does not count. Links that end
-- because records are gone count as well, and so do all links of a flow at once,
-- however few: a wrong permission looks just like that. A push stops at any row. A
-- setting outranks the seed.

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

ended_links as (

    select
        flow,
        count(*) as ended,
        count(gone_key) as gone
    from {{ ref('match_ended_links') }}
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
        ) as number,
        max(case when limit_name = 'gone_all_count' then limit_value end) as all_count
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

    union all

    select flow, 'end' as operation, gone as planned
    from ended_links
    where gone > 0

),

-- A flow's links are those of before: what ends now is among them.
measured as (

    select
        counted.flow,
        counted.operation,
        counted.planned,
        coalesce(links.linked, 0) + coalesce(ended_links.ended, 0) as linked,
        limits.share,
        limits.number,
        limits.all_count
    from counted
    cross join limits
    left join links on counted.flow = links.flow
    left join ended_links on counted.flow = ended_links.flow

),

guards as (

    select
        flow,
        operation,
        planned,
        linked,
        share,
        number,
        case
            when operation = 'end'
                then
                    flow || ': the records of ' || planned || ' of ' || linked
                    || ' links are gone, so these would end'
            else
                flow || ' would ' || operation || ' ' || planned
                || ' records, and has ' || linked || ' links'
        end as what_was_seen
    from measured
    where
        not {{ allow_mass_change() }}
        and (
            (planned > number and planned > share * linked)
            or (operation = 'end' and planned >= linked and planned >= all_count)
        )

)

select * from guards

-- One row per flow and operation that this plan has: how many records it would change
-- (`end`: how many links end because records are gone; `leave`: how many come to rest
-- by the rules about records), how many together with what was
-- changed lately, and how many links the flow has. What a flow writes in its first run,
-- when records meet for the first time, does not count.

with

requests as (

    select * from {{ ref('outbound_requests') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

recent_changes as (

    select * from {{ ref('outbound_recent_changes') }}

),

limits as (

    select max(limit_value) as hours from {{ ref('limits') }}
    where limit_name = 'mass_change_hours'

),

links as (

    select flow, count(*) as linked from {{ ref('match_links') }}
    group by flow

),

ended_links as (

    select flow, source_key, gone_key from {{ ref('match_ended_links') }}

),

leaving_links as (

    select flow, source_key from {{ ref('match_leaving_links') }}

),

planned as (

    select
        requests.flow,
        requests.operation,
        requests.write_key as changed
    from requests
    inner join flows on requests.flow = flows.flow
    where flows.is_settled or not requests.is_first_meeting

    union all

    select flow, 'end' as operation, source_key as changed
    from ended_links
    where gone_key is not null

    union all

    select flow, 'leave' as operation, source_key as changed
    from leaving_links

),

all_changes as (

    select flow, operation, changed, true as is_planned from planned
    union all
    select flow, operation, changed, false as is_planned from recent_changes

),

counted as (

    select
        flow,
        operation,
        count(distinct case when is_planned then changed end) as planned,
        count(distinct changed) as within_hours
    from all_changes
    group by flow, operation

),

-- A flow's links are those of before: what ends now, or has ended lately, is of them.
parted as (

    select flow, count(*) as parted
    from (
        select flow, source_key from ended_links
        union
        select flow, changed as source_key from recent_changes
        where operation = 'end'
    ) as lost_links
    group by flow

),

changes as (

    select
        counted.flow,
        counted.operation,
        counted.planned,
        counted.within_hours,
        coalesce(links.linked, 0) + coalesce(parted.parted, 0) as linked,
        limits.hours
    from counted
    cross join limits
    left join links on counted.flow = links.flow
    left join parted on counted.flow = parted.flow
    where counted.planned > 0

)

select * from changes

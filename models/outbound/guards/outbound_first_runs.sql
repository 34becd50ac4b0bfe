-- One row per flow that can be used and whose first run is not over: whether it begins
-- with this plan, and whether it is over with it. In a first run records meet for the
-- first time, so that creates and first meetings are as many as they are. It is over
-- when none of those planned at its beginning is left to be sent, or open: all are
-- settled or held, over however many runs. What turns up later does not prolong it.

with

flows as (

    select flow from {{ ref('match_flows') }}
    where is_active and not is_settled

),

noted as (

    select flow, write_key from {{ ref('stg_ledger__first_run_writes') }}

),

planned as (

    select flow, write_key from {{ ref('outbound_requests') }}
    where operation = 'create' or is_first_meeting

),

open_writes as (

    select
        flow,
        flow || ' ' || operation || ' ' || case
            when operation = 'create' then source_key
            else {{ record_key('system_name', 'entity', 'record_id') }}
        end as write_key
    from {{ ref('stg_ledger__writes') }}
    where is_open and status <> 'held'

),

unsettled as (

    select flow, write_key from planned
    union
    select flow, write_key from open_writes

),

of_its_beginning as (

    select
        noted.flow,
        count(unsettled.write_key) as left_over
    from noted
    left join unsettled on noted.write_key = unsettled.write_key
    group by noted.flow

),

of_this_plan as (

    select flow, count(*) as planned from planned
    group by flow

),

first_runs as (

    select
        flows.flow,
        of_its_beginning.flow is null as begins,
        coalesce(of_its_beginning.left_over, of_this_plan.planned, 0) = 0 as is_over
    from flows
    left join of_its_beginning on flows.flow = of_its_beginning.flow
    left join of_this_plan on flows.flow = of_this_plan.flow

)

select * from first_runs

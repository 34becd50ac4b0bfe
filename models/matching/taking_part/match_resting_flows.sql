-- One row per flow that is not used now, and why: a seed says so (`flow_off`), or a
-- person (`paused`). Its links rest.

with

flows as (

    select flow, is_enabled from {{ ref('flows') }}

),

pauses as (

    select * from {{ ref('match_pauses') }}

),

resting_flows as (

    select flow, 'flow_off' as rests_because from flows
    where not is_enabled

    union all

    select flows.flow, 'paused' as rests_because
    from flows
    inner join pauses on flows.flow = pauses.paused
    where flows.is_enabled is distinct from false

)

select * from resting_flows

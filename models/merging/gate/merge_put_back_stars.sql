-- One row per source record and ended link over which it got values that a person wants
-- put back, until it holds them: it is a star of that flow, if only of one member.

with

decisions as (

    select distinct decision_id, flow, source_key, target_key
    from {{ ref('stg_ledger__decisions') }}
    where kind = 'put_back_source'

),

done as (

    select decision_id from {{ ref('stg_ledger__done_decisions') }}

),

links as (

    select flow, source_key, target_key from {{ ref('match_links') }}

),

record_states as (

    select record_key, waits from {{ ref('stg_ledger__record_states') }}

),

stars as (

    select distinct decisions.flow, decisions.source_key
    from decisions
    left join done on decisions.decision_id = done.decision_id
    left join record_states on decisions.source_key = record_states.record_key
    left join links
        on
            decisions.flow = links.flow
            and decisions.source_key = links.source_key
            and decisions.target_key = links.target_key
    where
        links.flow is null
        and (done.decision_id is null or coalesce(record_states.waits, false))

)

select * from stars

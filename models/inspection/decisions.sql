{{ config(materialized="view") }}

-- One row per decision of a person, and what has become of it.

with

standing as (

    select * from {{ ref('stg_ledger__decisions') }}

),

withdrawn as (

    select * from {{ ref('stg_ledger__withdrawn_decisions') }}

),

settled as (

    select * from {{ ref('inspect_settled_decisions') }}

),

outranked as (

    select * from {{ ref('inspect_outranked_decisions') }}

),

open_links as (

    select flow, source_key, target_key from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

judged as (

    select
        standing.*,
        settled.run_id,
        settled.settled_at,
        settled.outcome,
        case
            when settled.outcome = 'carried_out' then 'carried out'
            when settled.outcome in ('superseded', 'over') then settled.outcome
            when settled.outcome is not null then 'not carried out'
            when outranked.outcome is not null then outranked.outcome
            when
                standing.kind in ('pause', 'resume')
                or standing.payload_hash is not null
                then 'in force'
            when standing.kind = 'link' and open_links.flow is not null then 'in force'
            when standing.kind = 'unlink' and open_links.flow is null then 'in force'
            else 'waits'
        end as status
    from standing
    left join settled on standing.decision_id = settled.decision_id
    left join outranked on standing.decision_id = outranked.decision_id
    left join open_links
        on
            standing.flow = open_links.flow
            and standing.source_key = open_links.source_key
            and standing.target_key = open_links.target_key

),

decisions as (

    select
        decision_id,
        kind,
        flow,
        source_key,
        target_key,
        property,
        decided_value,
        reason,
        decided_by,
        decided_at,
        status,
        case
            when status = 'waits' then 'the next sync carries it out'
            when status = 'superseded' then 'a later decision counts instead'
            when status = 'not carried out' and kind = 'put_back_target'
                then target_key || ' held something else by then, so it was left'
            when outcome = 'lapsed' then 'asked anew: lenke conflicts --rule ask'
            when status = 'not carried out'
                then 'the link of ' || target_key || ' had ended before any run'
            when status = 'over' and kind = 'acknowledge_finding'
                then 'it has gone since; if it comes back, it is new'
            when status = 'over' then 'its time has come, so it takes part again'
            when status = 'in force' and kind = 'pause'
                then 'it is left alone' || coalesce(' until ' || decided_value, '')
            when status = 'in force' and kind = 'resume' then 'it takes part again'
            when status = 'in force' and kind = 'link' then 'their link stays'
            when status = 'in force' and kind = 'acknowledge'
                then 'that these values are refused no longer counts'
            when status = 'in force' and kind = 'acknowledge_finding'
                then 'that it stands is no news'
            when status = 'in force' then 'nothing links them'
        end as details,
        run_id,
        settled_at,
        conflict_id
    from judged

    union all

    select
        decision_id,
        kind,
        flow,
        source_key,
        target_key,
        property,
        decided_value,
        reason,
        decided_by,
        decided_at,
        'withdrawn' as status,
        'taken back by ' || withdrawn_by || coalesce(': ' || withdrawn_because, '')
            as details,
        cast(null as varchar) as run_id,
        withdrawn_at as settled_at,
        conflict_id
    from withdrawn

)

select * from decisions

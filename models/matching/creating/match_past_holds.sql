-- One row per flow and source record that gets no new target record by itself, and why:
-- its link has ended, its key is a reused one, its target is being brought back, or it
-- equals a record that has just vanished. Where the flow's policy is `recreate`, a
-- target that is gone for good is no reason.

with

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

lost_links as (

    select * from {{ ref('match_lost_links') }}

),

reused_ids as (

    select * from {{ ref('match_reused_ids') }}

),

restorable as (

    select * from {{ ref('match_restorable') }}

),

rekeyed as (

    select * from {{ ref('match_rekeyed') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

recreated as (

    select distinct lost_links.flow, lost_links.source_key
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    left join present on lost_links.target_key = present.record_key
    left join restorable
        on
            lost_links.flow = restorable.flow
            and lost_links.target_key = restorable.target_key
    where
        lost_links.gone_key = lost_links.target_key
        and lost_links.ended_policy = 'recreate'
        and flows.on_target_gone = 'recreate'
        and present.record_key is null
        and restorable.flow is null

),

reasons as (

    select
        lost_links.flow,
        lost_links.source_key,
        1 as precedence,
        'id_reused' as held_because
    from lost_links
    inner join reused_ids on lost_links.source_key = reused_ids.record_key

    union all

    select flow, source_key, 2 as precedence, 'target_restored' as held_because
    from restorable

    union all

    select
        ledger_links.flow,
        ledger_links.source_key,
        3 as precedence,
        'link_ended' as held_because
    from ledger_links
    left join recreated
        on
            ledger_links.flow = recreated.flow
            and ledger_links.source_key = recreated.source_key
    where recreated.flow is null

    union all

    -- What we created and somebody has deleted since is not created again.
    select flow, source_key, 4 as precedence, 'link_ended' as held_because
    from writes
    where operation = 'create' and status = 'gone'

    union all

    select flow, source_key, 5 as precedence, 'rekeyed' as held_because
    from rekeyed

),

held as (

    select
        flow,
        source_key,
        {{ oldest('held_because', 'precedence') }} as held_because
    from reasons
    group by flow, source_key

)

select * from held

-- One row per pair that was linked until one of its records was gone, or that may be
-- about to part: `ending` now, `ended` before, or `suspected` (the source is missing,
-- and nobody has confirmed it). A pair counts no more when a person has unlinked it, or
-- when one of its records has another link.

with

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}

),

ending_links as (

    select * from {{ ref('match_ended_links') }}
    where gone_key is not null

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

unlinked_pairs as (

    select flow, source_key, target_key from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

present as (

    select record_key from {{ ref('match_records') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

ended as (

    select
        flow,
        source_key,
        target_key,
        gone_key,
        ended_policy,
        established_at,
        ended_at,
        row_number() over (
            partition by flow, source_key, target_key order by ended_at desc
        ) as newest_first
    from ledger_links
    where ended_at is not null and gone_key is not null

),

lost as (

    select
        ended.flow,
        ended.source_key,
        ended.target_key,
        'ended' as state,
        ended.gone_key,
        ended.ended_policy,
        ended.established_at,
        ended.ended_at
    from ended
    left join kept_links as of_source
        on ended.flow = of_source.flow and ended.source_key = of_source.source_key
    left join kept_links as of_target on ended.target_key = of_target.target_key
    left join ending_links
        on
            ended.flow = ending_links.flow
            and ended.source_key = ending_links.source_key
            and ended.target_key = ending_links.target_key
    where
        ended.newest_first = 1
        and of_source.flow is null
        and of_target.flow is null
        and ending_links.flow is null

    union all

    select
        ending_links.flow,
        ending_links.source_key,
        ending_links.target_key,
        'ending' as state,
        ending_links.gone_key,
        ending_links.ended_policy,
        ledger_links.established_at,
        cast(null as timestamp) as ended_at
    from ending_links
    inner join ledger_links
        on
            ending_links.flow = ledger_links.flow
            and ending_links.source_key = ledger_links.source_key
            and ending_links.target_key = ledger_links.target_key
    where ledger_links.ended_at is null

    union all

    select
        kept_links.flow,
        kept_links.source_key,
        kept_links.target_key,
        'suspected' as state,
        kept_links.source_key as gone_key,
        cast(null as varchar) as ended_policy,
        cast(null as timestamp) as established_at,
        cast(null as timestamp) as ended_at
    from kept_links
    inner join flows on kept_links.flow = flows.flow
    left join present on kept_links.source_key = present.record_key
    where flows.is_active and present.record_key is null

),

still_lost as (

    select
        lost.*,
        case
            when lost.gone_key = lost.source_key then lost.target_key
            else lost.source_key
        end as remaining_key
    from lost
    left join unlinked_pairs
        on
            lost.flow = unlinked_pairs.flow
            and lost.source_key = unlinked_pairs.source_key
            and lost.target_key = unlinked_pairs.target_key
    where unlinked_pairs.flow is null

)

select * from still_lost

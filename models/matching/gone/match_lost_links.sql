-- One row per pair that was linked until one of its records was gone, or that may be
-- about to part: `ending` now, `ended` before, or `suspected` (the source is missing,
-- and nobody has confirmed it). A pair counts no more when a person has unlinked it, or
-- when one of its records has another link.

with

past_ends as (

    select * from {{ ref('match_past_ends') }}

),

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is null

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

lost as (

    select
        past_ends.flow,
        past_ends.source_key,
        past_ends.target_key,
        'ended' as state,
        past_ends.gone_key,
        past_ends.ended_policy,
        past_ends.established_at,
        past_ends.ended_at
    from past_ends
    left join ending_links
        on
            past_ends.flow = ending_links.flow
            and past_ends.source_key = ending_links.source_key
            and past_ends.target_key = ending_links.target_key
    where ending_links.flow is null

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

{{ config(materialized='view') }}

-- One row per pair whose newest link has ended because one of its records was gone,
-- while neither of them has another link.

with

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is not null and gone_key is not null

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

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

),

past_ends as (

    select
        ended.flow,
        ended.source_key,
        ended.target_key,
        ended.gone_key,
        ended.ended_policy,
        ended.established_at,
        ended.ended_at
    from ended
    left join kept_links as of_source
        on ended.flow = of_source.flow and ended.source_key = of_source.source_key
    left join kept_links as of_target on ended.target_key = of_target.target_key
    where
        ended.newest_first = 1
        and of_source.flow is null
        and of_target.flow is null

)

select * from past_ends

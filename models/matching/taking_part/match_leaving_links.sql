{{ config(materialized='view') }}

-- One row per link that rests from this run on, because the rules about records leave
-- out one of its records that they did not leave out before.

with

resting_links as (

    select * from {{ ref('match_resting_links') }}
    where rests_because = 'excluded'

),

excluded as (

    select * from {{ ref('match_excluded_records') }}

),

left_out_before as (

    select * from {{ ref('stg_ledger__excluded_records') }}

),

newly_excluded as (

    select
        excluded.flow,
        excluded.record_key
    from excluded
    left join left_out_before
        on
            excluded.flow = left_out_before.flow
            and excluded.record_key = left_out_before.record_key
    where left_out_before.flow is null

),

leaving as (

    select distinct
        resting_links.flow,
        resting_links.source_key,
        resting_links.target_key
    from newly_excluded
    inner join resting_links
        on
            newly_excluded.flow = resting_links.flow
            and newly_excluded.record_key
            in (resting_links.source_key, resting_links.target_key)

)

select * from leaving

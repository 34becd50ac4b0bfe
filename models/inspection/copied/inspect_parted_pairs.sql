{{ config(materialized='view') }}

-- One row per flow and pair of records that is or was linked: since when (that it came
-- back meanwhile counts for nothing), by what, and how the newest of its links ended.

with

links as (

    select
        *,
        row_number() over (
            partition by flow, source_key, target_key order by established_at desc
        ) as newest_first
    from {{ ref('stg_ledger__links') }}

),

since as (

    select
        flow,
        source_key,
        target_key,
        max(established_at) as established_at,
        {{ newest('matched_by', 'established_at') }} as matched_by
    from links
    where matched_by <> 'returned'
    group by flow, source_key, target_key

),

pairs as (

    select
        since.flow,
        since.source_key,
        since.target_key,
        since.established_at,
        since.matched_by,
        links.ended_at,
        links.ended_run_id,
        links.gone_key
    from since
    inner join links
        on
            since.flow = links.flow
            and since.source_key = links.source_key
            and since.target_key = links.target_key
    where links.newest_first = 1

)

select * from pairs

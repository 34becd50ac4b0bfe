-- One row per link, past or present. A record that has another key now stands under it.

with

source as (

    select * from {{ source('ledger', 'links') }}

),

moved_records as (

    select * from {{ ref('stg_ledger__moved_records') }}
    where takes_over

),

links as (

    select
        source.flow,
        source.source_key,
        coalesce(moved_records.moved_to, source.target_key) as target_key,
        source.matched_by,
        source.established_at,
        source.established_run_id,
        source.ended_at,
        source.ended_because,
        source.ended_run_id,
        case
            when source.gone_key = source.target_key
                then coalesce(moved_records.moved_to, source.gone_key)
            else source.gone_key
        end as gone_key,
        source.ended_policy
    from source
    left join moved_records on source.target_key = moved_records.record_key

)

select * from links

-- One row per record and property (by the star's name) that was observed. A record that
-- has another key now stands under it.

with

source as (

    select * from {{ source('ledger', 'observations') }}

),

moved_records as (

    select * from {{ ref('stg_ledger__moved_records') }}
    where takes_over

),

observations as (

    select
        coalesce(moved_from.moved_to, source.record_key) as record_key,
        source.property,
        source.observed,
        source.delivered,
        source.is_delivered,
        source.awaits_answer,
        source.run_id,
        source.observed_at,
        source.in_doubt,
        source.name
    from source
    left join moved_records as moved_from on source.record_key = moved_from.record_key
    left join moved_records as moved_here on source.record_key = moved_here.moved_to
    where moved_here.record_key is null

)

select * from observations

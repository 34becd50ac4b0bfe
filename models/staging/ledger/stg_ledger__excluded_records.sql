-- One row per flow and record that the rules about records left out when somebody could
-- tell last. A record that has another key now stands under it.

with

source as (

    select * from {{ source('ledger', 'excluded_records') }}

),

moved_records as (

    select * from {{ ref('stg_ledger__moved_records') }}

),

excluded as (

    select
        source.flow,
        coalesce(moved_records.moved_to, source.record_key) as record_key,
        max(source.run_id) as run_id,
        max(source.noted_at) as noted_at
    from source
    left join moved_records on source.record_key = moved_records.record_key
    group by source.flow, coalesce(moved_records.moved_to, source.record_key)

)

select * from excluded

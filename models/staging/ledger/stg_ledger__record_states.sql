-- One row per record that takes part: what the gate compares. A record that has another
-- key now stands under it.

with

source as (

    select * from {{ source('ledger', 'record_states') }}

),

moved_records as (

    select * from {{ ref('stg_ledger__moved_records') }}
    where takes_over

),

record_states as (

    select
        coalesce(moved_from.moved_to, source.record_key) as record_key,
        source.content_hash,
        source.change_stamp,
        source.stamp_is_ours,
        source.record_version,
        source.seeds_version,
        source.waits,
        source.written_at,
        source.run_id
    from source
    left join moved_records as moved_from on source.record_key = moved_from.record_key
    left join moved_records as moved_here on source.record_key = moved_here.moved_to
    where moved_here.record_key is null

)

select * from record_states

-- One row per record that is there to be matched: in a system that can be used, listed,
-- not gone, without a write of ours whose outcome is unknown, and under its newest key.

with

records as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record_hash,
        change_stamp,
        record_version,
        loaded_at
    from {{ ref('stg_records') }}
    where is_listed and not is_deleted

),

systems as (

    select * from {{ ref('match_systems') }}

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

open_writes as (

    select distinct
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key
    from writes
    where is_open and record_id is not null

),

gone_records as (

    select record_key from {{ ref('match_gone_records') }}

),

moved_records as (

    select record_key from {{ ref('stg_ledger__moved_records') }}

),

present as (

    select records.*
    from records
    inner join systems on records.system_name = systems.system_name
    left join gone_records on records.record_key = gone_records.record_key
    left join open_writes on records.record_key = open_writes.record_key
    left join moved_records on records.record_key = moved_records.record_key
    where
        systems.is_usable
        and open_writes.record_key is null
        and gone_records.record_key is null
        and moved_records.record_key is null

)

select * from present

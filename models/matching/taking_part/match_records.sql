-- One row per record that is there to be matched: of an entity that can be used,
-- listed, not gone, readable, without a write of ours whose outcome is unknown, and
-- under its newest key.

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

entities as (

    select * from {{ ref('match_entities') }}

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

set_aside as (

    select record_key from {{ ref('stg_run__set_aside') }}

),

moved_records as (

    select record_key from {{ ref('stg_ledger__moved_records') }}

),

present as (

    select records.*
    from records
    inner join entities
        on
            records.system_name = entities.system_name
            and records.entity = entities.entity
    left join gone_records on records.record_key = gone_records.record_key
    left join open_writes on records.record_key = open_writes.record_key
    left join set_aside on records.record_key = set_aside.record_key
    left join moved_records on records.record_key = moved_records.record_key
    where
        entities.is_usable
        and set_aside.record_key is null
        and open_writes.record_key is null
        and gone_records.record_key is null
        and moved_records.record_key is null

)

select * from present

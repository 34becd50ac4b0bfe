-- One row per record of custompms, of whichever entity, in the shared shape.

with

customers as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_custompms__customer') }}

),

projects as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_custompms__project') }}

),

records as (

    select * from customers

    union all

    select * from projects

)

select * from records

-- One row per record of PowerOffice Go, of whichever entity, in the shared shape.

with

contact_persons as (

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
    from {{ ref('stg_powerofficego__contactperson') }}

),

employees as (

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
    from {{ ref('stg_powerofficego__employees') }}

),

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
    from {{ ref('stg_powerofficego__customers') }}

),

records as (

    select * from contact_persons

    union all

    select * from employees

    union all

    select * from customers

)

select * from records

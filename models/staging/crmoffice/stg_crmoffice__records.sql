-- One row per record of CRM-Office, of whichever entity, in the shared shape.

with

contacts as (

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
    from {{ ref('stg_crmoffice__contacts') }}

),

activities as (

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
    from {{ ref('stg_crmoffice__activities') }}

),

records as (

    select * from contacts

    union all

    select * from activities

)

select * from records

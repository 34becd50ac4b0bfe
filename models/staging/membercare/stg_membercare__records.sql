-- One row per record of Membercare, of whichever entity, in the shared shape.

with

companies as (

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
    from {{ ref('stg_membercare__companies') }}

),

organizations as (

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
    from {{ ref('stg_membercare__organizations') }}

),

invoices as (

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
    from {{ ref('stg_membercare__invoices') }}

),

products as (

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
    from {{ ref('stg_membercare__products') }}

),

records as (

    select * from companies

    union all

    select * from organizations

    union all

    select * from invoices

    union all

    select * from products

)

select * from records

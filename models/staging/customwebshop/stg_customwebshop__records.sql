-- One row per record of customwebshop, of whichever entity, in the shared shape.

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
    from {{ ref('stg_customwebshop__customer') }}

),

orders as (

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
    from {{ ref('stg_customwebshop__order') }}

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
    from {{ ref('stg_customwebshop__product') }}

),

records as (

    select * from customers

    union all

    select * from orders

    union all

    select * from products

)

select * from records

-- One row per Order in customwebshop. A tombstone counts as deleted.

with

source as (

    select * from {{ raw_records('customwebshop', 'order') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ utc_stamp(json_text('record', "'$.updatedAt'")) }} as change_stamp,
        {{ json_text('record', "'$.version'") }} as record_version,
        {{ json_text('record', "'$.deletedAt'") }} is not null as is_deleted,
        listing_id,
        loaded_at,
        {{ json_text('record', "'$.customerId'") }} as "customerId",
        {{ as_date(json_text('record', "'$.orderDate'")) }} as "orderDate",
        {{ as_date(json_text('record', "'$.dueDate'")) }} as "dueDate",
        {{ json_text('record', "'$.lines'") }} as "lines"
    from source

)

select * from renamed

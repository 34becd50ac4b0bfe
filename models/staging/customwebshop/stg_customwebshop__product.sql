-- One row per Product in customwebshop. A tombstone counts as deleted.

with

source as (

    select * from {{ raw_records('customwebshop', 'product') }}

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
        {{ json_text('record', "'$.name'") }} as "name",
        {{ as_number(json_text('record', "'$.vatRate'")) }} as "vatRate",
        {{ as_boolean(json_text('record', "'$.active'")) }} as "active"
    from source

)

select * from renamed

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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.customerId', 'reference') }} as "customerId",
        {{ property_column('record', '$.orderDate', 'date') }} as "orderDate",
        {{ property_column('record', '$.dueDate', 'date') }} as "dueDate",
        {{ property_column('record', '$.lines', 'lines') }} as "lines"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

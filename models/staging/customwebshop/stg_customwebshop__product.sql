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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.name', 'text') }} as "name",
        {{ property_column('record', '$.vatRate', 'number') }} as "vatRate",
        {{ property_column('record', '$.active', 'boolean') }} as "active"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

-- One row per Project in custompms. A tombstone counts as deleted.

with

source as (

    select * from {{ raw_records('custompms', 'project') }}

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
        {{ property_column('record', '$.number', 'identifier') }} as "number",
        {{ property_column('record', '$.name', 'text') }} as "name",
        {{ property_column('record', '$.customerId', 'reference') }} as "customerId",
        {{ property_column('record', '$.startDate', 'date') }} as "startDate",
        {{ property_column('record', '$.endDate', 'date') }} as "endDate"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

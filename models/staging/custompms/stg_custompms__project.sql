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
        {{ json_text('record', "'$.number'") }} as "number",
        {{ json_text('record', "'$.name'") }} as "name",
        {{ json_text('record', "'$.customerId'") }} as "customerId",
        {{ as_date(json_text('record', "'$.startDate'")) }} as "startDate",
        {{ as_date(json_text('record', "'$.endDate'")) }} as "endDate"
    from source

)

select * from renamed

-- One row per Customer in custompms. A tombstone counts as deleted.

with

source as (

    select * from {{ raw_records('custompms', 'customer') }}

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
        {{ json_text('record', "'$.email'") }} as "email",
        {{ json_text('record', "'$.phone'") }} as "phone",
        {{ json_text('record', "'$.organizationNumber'") }} as "organizationNumber",
        {{ json_text('record', "'$.address.line1'") }} as "address.line1",
        {{ json_text('record', "'$.address.postalCode'") }} as "address.postalCode",
        {{ json_text('record', "'$.address.city'") }} as "address.city"
    from source

)

select * from renamed

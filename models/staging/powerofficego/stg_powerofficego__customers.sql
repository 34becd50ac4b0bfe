-- One row per Customer in PowerOffice Go.

with

source as (

    select * from {{ raw_records('powerofficego', 'customers') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ utc_stamp(json_text('record', "'$.LastChangedDateTimeOffset'")) }}
            as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        listing_id,
        loaded_at,
        {{ json_text('record', "'$.Name'") }} as "Name",
        {{ json_text('record', "'$.OrganizationNumber'") }} as "OrganizationNumber",
        {{ json_text('record', "'$.EmailAddress'") }} as "EmailAddress"
    from source

)

select * from renamed

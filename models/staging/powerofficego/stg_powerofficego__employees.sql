-- One row per Employee in PowerOffice Go.

with

source as (

    select * from {{ raw_records('powerofficego', 'employees') }}

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
        {{ json_text('record', "'$.Number'") }} as "Number",
        {{ json_text('record', "'$.FirstName'") }} as "FirstName",
        {{ json_text('record', "'$.LastName'") }} as "LastName",
        {{ json_text('record', "'$.EmailAddress'") }} as "EmailAddress",
        {{ json_text('record', "'$.PhoneNumber'") }} as "PhoneNumber"
    from source

)

select * from renamed

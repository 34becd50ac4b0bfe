-- One row per Contactperson in PowerOffice Go. It belongs to a customer or supplier, so
-- its id is `ContactId/Id`. The national id, which only some installations have, is an
-- HMAC: it is for matching only.

with

source as (

    select * from {{ raw_records('powerofficego', 'contactperson') }}

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
        {{ json_text('record', "'$.FirstName'") }} as "FirstName",
        {{ json_text('record', "'$.LastName'") }} as "LastName",
        {{ json_text('record', "'$.EmailAddress'") }} as "emailAddress",
        {{ json_text('record', "'$.PhoneNumber'") }} as "PhoneNumber",
        {{ json_text('record', "'$.SocialSecurityNumber'") }} as "SocialSecurityNumber"
    from source

)

select * from renamed

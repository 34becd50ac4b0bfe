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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.FirstName', 'text') }} as "FirstName",
        {{ property_column('record', '$.LastName', 'text') }} as "LastName",
        {{ property_column('record', '$.EmailAddress', 'email') }} as "emailAddress",
        {{ property_column('record', '$.PhoneNumber', 'phone') }} as "PhoneNumber",
        {{ property_column('record', '$.SocialSecurityNumber', 'national_id') }}
            as "SocialSecurityNumber"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

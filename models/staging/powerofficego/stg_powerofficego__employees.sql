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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.Number', 'identifier') }} as "Number",
        {{ property_column('record', '$.FirstName', 'text') }} as "FirstName",
        {{ property_column('record', '$.LastName', 'text') }} as "LastName",
        {{ property_column('record', '$.EmailAddress', 'email') }} as "EmailAddress",
        {{ property_column('record', '$.PhoneNumber', 'phone') }} as "PhoneNumber"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

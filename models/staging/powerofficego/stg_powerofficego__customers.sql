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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.Name', 'text') }} as "Name",
        {{ property_column('record', '$.OrganizationNumber', 'organization_number') }}
            as "OrganizationNumber",
        {{ property_column('record', '$.EmailAddress', 'email') }} as "EmailAddress"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

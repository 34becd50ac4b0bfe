-- One row per Contact in CRM-Office.

with

source as (

    select * from {{ raw_records('crmoffice', 'contacts') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ utc_stamp(json_text('record', "'$.modifiedAt'")) }} as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        listing_id,
        loaded_at,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.familyName', 'text') }} as "familyName",
        {{ property_column('record', '$.givenName', 'text') }} as "givenName",
        {{ property_column('record', '$.mobilePhone', 'phone') }} as "mobilePhone"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

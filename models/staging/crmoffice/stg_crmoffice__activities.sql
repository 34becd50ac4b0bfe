-- One row per Activity in CRM-Office.

with

source as (

    select * from {{ raw_records('crmoffice', 'activities') }}

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
        {{ property_column('record', '$.subject', 'text') }} as "subject",
        {{ property_column('record', '$.ownerId', 'reference') }} as "ownerId",
        {{ property_column('record', '$.startsAt', 'local_time') }} as "startsAt",
        {{ property_column('record', '$.endsAt', 'local_time') }} as "endsAt"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

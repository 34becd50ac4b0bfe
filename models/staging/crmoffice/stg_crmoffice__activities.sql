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
        {{ json_text('record', "'$.subject'") }} as "subject",
        {{ json_text('record', "'$.ownerId'") }} as "ownerId",
        {{ as_local_time(json_text('record', "'$.startsAt'")) }} as "startsAt",
        {{ as_local_time(json_text('record', "'$.endsAt'")) }} as "endsAt"
    from source

)

select * from renamed

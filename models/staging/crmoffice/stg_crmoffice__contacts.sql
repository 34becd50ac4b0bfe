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
        {{ json_text('record', "'$.familyName'") }} as "familyName",
        {{ json_text('record', "'$.givenName'") }} as "givenName",
        {{ json_text('record', "'$.mobilePhone'") }} as "mobilePhone"
    from source

)

select * from renamed

-- One row per Product in Membercare, which has no change stamp for it.

with

source as (

    select * from {{ raw_records('membercare', 'products') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        cast(null as timestamp) as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        listing_id,
        loaded_at,
        {{ json_text('record', "'$.name'") }} as "name",
        {{ as_number(json_text('record', "'$.vatPercent'")) }} as "vatPercent",
        {{ as_boolean(json_text('record', "'$.valid'")) }} as "valid"
    from source

)

select * from renamed

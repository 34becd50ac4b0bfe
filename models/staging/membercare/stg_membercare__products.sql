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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.name', 'text') }} as "name",
        {{ property_column('record', '$.vatPercent', 'number') }} as "vatPercent",
        {{ property_column('record', '$.valid', 'boolean') }} as "valid"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

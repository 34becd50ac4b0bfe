-- One row per Organization in Membercare, which has no change stamp for it.

with

source as (

    select * from {{ raw_records('membercare', 'organizations') }}

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
        {{ property_column('record', '$.name', 'text') }} as "name"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

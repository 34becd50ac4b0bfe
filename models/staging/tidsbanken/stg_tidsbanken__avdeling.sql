-- One row per Avdeling (department) in Tidsbanken.

with

source as (

    select * from {{ raw_records('tidsbanken', 'avdeling') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ utc_stamp(json_text('record', "'$.SistEndretDato'")) }} as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        listing_id,
        loaded_at,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.Id', 'identifier') }} as "Id",
        {{ property_column('record', '$.Navn', 'text') }} as "Navn"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

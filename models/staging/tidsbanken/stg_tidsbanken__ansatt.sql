-- One row per Ansatt (employee) in Tidsbanken. The national id is an HMAC: it is for
-- matching only.

with

source as (

    select * from {{ raw_records('tidsbanken', 'ansatt') }}

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
        {{ property_column('record', '$.Fornavn', 'text') }} as "Fornavn",
        {{ property_column('record', '$.Etternavn', 'text') }} as "Etternavn",
        {{ property_column('record', '$.Mobil', 'phone') }} as "Mobil",
        {{ property_column('record', '$.Epost', 'email') }} as "Epost",
        {{ property_column('record', '$.Personnummer', 'national_id') }}
            as "Personnummer"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

-- One row per Kunde (customer) in Tidsbanken. Its change stamps read one hour early.

with

source as (

    select * from {{ raw_records('tidsbanken', 'kunde') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ tidsbanken_skewed_stamp(json_text('record', "'$.SistEndretDato'")) }}
            as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        listing_id,
        loaded_at,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.Id', 'identifier') }} as "Id",
        {{ property_column('record', '$.Navn', 'text') }} as "Navn",
        {{ property_column('record', '$.Organisasjonsnummer', 'organization_number') }}
            as "Organisasjonsnummer",
        {{ property_column('record', '$.Epost', 'email') }} as "Epost",
        {{ property_column('record', '$.Telefon', 'phone') }} as "Telefon",
        {{ property_column('record', '$.Gateadresse', 'text') }} as "Gateadresse",
        {{ property_column('record', '$.Postnr', 'text') }} as "Postnr",
        {{ property_column('record', '$.Poststed', 'text') }} as "Poststed"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

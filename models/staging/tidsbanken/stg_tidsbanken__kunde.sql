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
        {{ json_text('record', "'$.Id'") }} as "Id",
        {{ json_text('record', "'$.Navn'") }} as "Navn",
        {{ json_text('record', "'$.Organisasjonsnummer'") }} as "Organisasjonsnummer",
        {{ json_text('record', "'$.Epost'") }} as "Epost",
        {{ json_text('record', "'$.Telefon'") }} as "Telefon",
        {{ json_text('record', "'$.Gateadresse'") }} as "Gateadresse",
        {{ json_text('record', "'$.Postnr'") }} as "Postnr",
        {{ json_text('record', "'$.Poststed'") }} as "Poststed"
    from source

)

select * from renamed

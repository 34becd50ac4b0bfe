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
        {{ json_text('record', "'$.Id'") }} as "Id",
        {{ json_text('record', "'$.Fornavn'") }} as "Fornavn",
        {{ json_text('record', "'$.Etternavn'") }} as "Etternavn",
        {{ json_text('record', "'$.Mobil'") }} as "Mobil",
        {{ json_text('record', "'$.Epost'") }} as "Epost",
        {{ json_text('record', "'$.Personnummer'") }} as "Personnummer"
    from source

)

select * from renamed

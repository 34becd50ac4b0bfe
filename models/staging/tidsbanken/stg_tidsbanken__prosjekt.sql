-- One row per Prosjekt (project) in Tidsbanken. Its change stamps read one hour early.
-- Dates are read with an offset and written without: here they are local time.

with

source as (

    select * from {{ raw_records('tidsbanken', 'prosjekt') }}

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
        {{ json_text('record', "'$.AnsvarligId'") }} as "AnsvarligId",
        {{ json_text('record', "'$.KundeId'") }} as "KundeId",
        {{ as_local_time(json_text('record', "'$.StartDato'")) }} as "StartDato",
        {{ as_local_time(json_text('record', "'$.FerdigDato'")) }} as "FerdigDato"
    from source

)

select * from renamed

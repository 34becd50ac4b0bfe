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
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.Id', 'identifier') }} as "Id",
        {{ property_column('record', '$.Navn', 'text') }} as "Navn",
        {{ property_column('record', '$.AnsvarligId', 'reference') }} as "AnsvarligId",
        {{ property_column('record', '$.KundeId', 'reference') }} as "KundeId",
        {{ property_column('record', '$.StartDato', 'local_time') }} as "StartDato",
        {{ property_column('record', '$.FerdigDato', 'local_time') }} as "FerdigDato"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed

-- One row per record of Tidsbanken, of whichever entity, in the shared shape.

with

records as (

    -- what follows is written by `lenke columns`, from the seeds
    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_tidsbanken__ansatt') }}

    union all

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_tidsbanken__avdeling') }}

    union all

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_tidsbanken__kunde') }}

    union all

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        change_stamp,
        record_version,
        is_deleted,
        listing_id,
        loaded_at
    from {{ ref('stg_tidsbanken__prosjekt') }}
    -- what is written by `lenke columns` ends here

)

select * from records

-- One row per record of PowerOffice Go, of whichever entity, in the shared shape.

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
    from {{ ref('stg_powerofficego__contactperson') }}

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
    from {{ ref('stg_powerofficego__employees') }}

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
    from {{ ref('stg_powerofficego__customers') }}
    -- what is written by `lenke columns` ends here

)

select * from records

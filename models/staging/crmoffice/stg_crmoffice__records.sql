-- One row per record of CRM-Office, of whichever entity, in the shared shape.

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
    from {{ ref('stg_crmoffice__contacts') }}

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
    from {{ ref('stg_crmoffice__activities') }}
    -- what is written by `lenke columns` ends here

)

select * from records

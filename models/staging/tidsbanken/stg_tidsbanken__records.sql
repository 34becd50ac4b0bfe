-- One row per record of Tidsbanken, of whichever entity, in the shared shape.

with

ansatt as (

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

),

avdeling as (

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

),

kunde as (

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

),

prosjekt as (

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

),

records as (

    select * from ansatt

    union all

    select * from avdeling

    union all

    select * from kunde

    union all

    select * from prosjekt

)

select * from records

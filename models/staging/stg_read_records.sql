{{ config(materialized='view') }}

-- One row per record of any system and entity as raw holds it, in the shape that all
-- share.

with

records as (

    -- what follows is written by `lenke columns`, from the seeds
    select *
    from {{ ref('stg_tidsbanken__records') }}

    union all

    select *
    from {{ ref('stg_powerofficego__records') }}

    union all

    select *
    from {{ ref('stg_crmoffice__records') }}

    union all

    select *
    from {{ ref('stg_membercare__records') }}

    union all

    select *
    from {{ ref('stg_customwebshop__records') }}

    union all

    select *
    from {{ ref('stg_custompms__records') }}
    -- what is written by `lenke columns` ends here

)

select * from records

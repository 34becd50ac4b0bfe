{{ config(materialized='view') }}

-- One row per record and property (by the star's name) that was observed. What was
-- observed under a key that another record has now is no memory of that record.

with

observations as (

    select * from {{ ref('stg_ledger__observations') }}

),

reused_ids as (

    select record_key from {{ ref('match_reused_ids') }}

),

memories as (

    select observations.*
    from observations
    left join reused_ids on observations.record_key = reused_ids.record_key
    where reused_ids.record_key is null

)

select * from memories

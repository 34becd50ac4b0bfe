{{ config(materialized='view') }}

-- One row per star and property that was agreed on before. What was agreed on under a
-- key that another record has now is no memory of that record.

with

agreed_values as (

    select * from {{ ref('stg_ledger__agreed_values') }}

),

reused_ids as (

    select record_key from {{ ref('match_reused_ids') }}

),

memories as (

    select agreed_values.*
    from agreed_values
    left join reused_ids on agreed_values.source_key = reused_ids.record_key
    where reused_ids.record_key is null

)

select * from memories

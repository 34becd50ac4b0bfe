{{ config(materialized='view') }}

-- One row: whether this run is a recovery. Whoever has to know asks here; what the
-- signs are stands in match_recovery_signs.

with

recovery_signs as (

    select * from {{ ref('match_recovery_signs') }}

),

run_is_recovery as (

    select count(*) > 0 as is_recovery from recovery_signs

)

select * from run_is_recovery

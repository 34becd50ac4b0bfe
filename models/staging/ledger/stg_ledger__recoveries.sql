-- One row per recovery from an old, lost or foreign ledger.

with

source as (

    select * from {{ source('ledger', 'recoveries') }}

)

select * from source

-- One row per the identity of the ledger (there is one row).

with

source as (

    select * from {{ source('ledger', 'identity') }}

)

select * from source

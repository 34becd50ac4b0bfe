-- One row per record and property (by the star's name) that was observed.

with

source as (

    select * from {{ source('ledger', 'observations') }}

)

select * from source

-- One row per losing value.

with

source as (

    select * from {{ source('ledger', 'conflicts') }}

)

select * from source

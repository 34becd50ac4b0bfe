-- One row per link, past or present.

with

source as (

    select * from {{ source('ledger', 'links') }}

)

select * from source

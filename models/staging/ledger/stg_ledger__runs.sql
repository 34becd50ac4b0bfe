-- One row per run.

with

source as (

    select * from {{ source('ledger', 'runs') }}

)

select * from source

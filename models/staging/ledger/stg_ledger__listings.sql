-- One row per complete listing that a run believed.

with

source as (

    select * from {{ source('ledger', 'listings') }}

)

select * from source

-- One row per decision of a person.

with

source as (

    select * from {{ source('ledger', 'decisions') }}

)

select * from source

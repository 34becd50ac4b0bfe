-- One row per decision of a person that a run has carried out.

with

source as (

    select * from {{ source('ledger', 'done_decisions') }}

)

select * from source

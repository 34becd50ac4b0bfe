-- One row per change of an agreed value.

with

source as (

    select * from {{ source('ledger', 'value_history') }}

)

select * from source

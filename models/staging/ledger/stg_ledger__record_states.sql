-- One row per record that takes part: what the gate compares.

with

source as (

    select * from {{ source('ledger', 'record_states') }}

)

select * from source

-- One row per write that was planned when a flow's first run began, until that is over.

with

source as (

    select * from {{ source('ledger', 'first_run_writes') }}

)

select * from source

-- One row per flow and pair of unlinked records that a recovery found to look alike.

with

source as (

    select * from {{ source('ledger', 'look_alikes') }}

)

select * from source

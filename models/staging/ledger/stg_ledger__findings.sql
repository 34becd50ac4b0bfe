-- One row per finding that a run has written down: since when it is there.

with

source as (

    select * from {{ source('ledger', 'findings') }}

)

select * from source

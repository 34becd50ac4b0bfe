-- One row per flow whose first run is over.

with

source as (

    select * from {{ source('ledger', 'settled_flows') }}

)

select * from source

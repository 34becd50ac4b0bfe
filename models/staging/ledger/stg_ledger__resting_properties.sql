-- One row per property of an entity that rests since an earlier run.

with

source as (

    select * from {{ source('ledger', 'resting_properties') }}

)

select * from source

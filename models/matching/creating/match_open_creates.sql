-- One row per flow and source record with a create whose outcome is not known yet.
-- Until it is settled it counts as a link: a second create could make a double.

with

writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

open_creates as (

    select distinct flow, source_key
    from writes
    where operation = 'create' and is_open

)

select * from open_creates

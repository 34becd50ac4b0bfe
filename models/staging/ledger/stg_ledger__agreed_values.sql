{{ config(materialized="table") }}

-- One row per star and property that has been agreed. A table, so that the out_ views
-- can be read by whoever opens the warehouse without the ledger beside it.

with

source as (

    select * from {{ source('ledger', 'agreed_values') }}

)

select * from source

{{ config(materialized="replaced_at_once") }}

-- One row per star and property that has been agreed. A table, so that the out_ views
-- can be read by whoever opens the warehouse without the ledger beside it. A stamp that
-- lies after the very decision, by more than any clock is in doubt, is one of the
-- future that an earlier version noted: it counts as that moment.

with

source as (

    select * from {{ source('ledger', 'agreed_values') }}

),

in_time as (

    select
        source_key,
        property,
        agreed_value,
        won_by,
        case
            when {{ is_ahead('won_at', 'agreed_at', '3700') }} then agreed_at
            else won_at
        end as won_at,
        rule,
        run_id,
        agreed_at
    from source

)

select * from in_time

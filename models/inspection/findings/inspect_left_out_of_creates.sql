{{ config(materialized='view') }}

-- One row per record and property that a new record there is made without.

with

creates as (

    select * from {{ ref('outbound_creates') }}

),

agreed as (

    select source_key, property, won_by from {{ ref('merge_agreed') }}

),

left_out_of_creates as (

    select
        creates.source_key as record_key,
        creates.name as property,
        creates.held_because,
        coalesce(creates.delivered, 'empty')
        || coalesce(', from ' || agreed.won_by, '') || ', for ' || creates.flow
            as details
    from creates
    left join agreed
        on
            creates.source_key = agreed.source_key
            and creates.property = agreed.property
    where creates.held_because is not null and not creates.is_required

)

select * from left_out_of_creates

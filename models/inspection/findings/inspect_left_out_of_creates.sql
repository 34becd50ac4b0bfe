{{ config(materialized='view') }}

-- One row per record and property that a new record there is made without. (That it
-- refers to a record that is left out is what somebody has chosen.)

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
        case
            when creates.held_because = 'unmapped'
                then
                    {{ map_row(
                        'creates.flow', 'creates.property', 'creates.delivered', 'null'
                    ) }}
            else
                coalesce(creates.delivered, 'empty')
                || coalesce(', from ' || agreed.won_by, '') || ', for ' || creates.flow
        end as details,
        creates.flow as told_apart_by
    from creates
    left join agreed
        on
            creates.source_key = agreed.source_key
            and creates.property = agreed.property
    where
        creates.held_because is not null
        and creates.held_because <> 'reference_left_out'
        and not creates.is_required

)

select * from left_out_of_creates

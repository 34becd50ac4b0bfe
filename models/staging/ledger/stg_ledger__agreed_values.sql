{{ config(materialized="table") }}

-- One row per star and property that has been agreed. A table, so that the out_ views
-- can be read by whoever opens the warehouse without the ledger beside it. A stamp that
-- lies after the very decision is one of the future: it counts as that moment.

with

source as (

    select * from {{ source('ledger', 'agreed_values') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

in_time as (

    select
        source.source_key,
        source.property,
        source.agreed_value,
        source.won_by,
        case
            when
                {{ is_ahead(
                    'source.won_at', 'source.agreed_at', 'entities.clock_uncertainty_s'
                ) }}
                then source.agreed_at
            else source.won_at
        end as won_at,
        source.rule,
        source.run_id,
        source.agreed_at
    from source
    left join entities
        on
            split_part(source.won_by, ':', 1) = entities.system_name
            and split_part(source.won_by, ':', 2) = entities.entity

)

select * from in_time

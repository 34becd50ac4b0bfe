{{ config(materialized="view") }}

-- One row per property of a record that this run decides: of the members of touched
-- stars what has been agreed on, and of records to create what they begin with.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

new_values as (

    select * from {{ ref('outbound_new_values') }}

),

touched_values as (

    select
        flow,
        source_key,
        member_key as record_key,
        is_source,
        true as is_linked,
        system_name,
        entity,
        property,
        name,
        kind,
        wire_type,
        empty_as,
        through_flow,
        agreed_value,
        value_to_store
    from outcomes

    union all

    select
        flow,
        source_key,
        cast(null as varchar) as record_key,
        false as is_source,
        false as is_linked,
        system_name,
        entity,
        property,
        name,
        kind,
        wire_type,
        empty_as,
        through_flow,
        delivered as agreed_value,
        value_to_store
    from new_values

)

select * from touched_values

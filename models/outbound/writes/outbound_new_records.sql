{{ config(materialized="view") }}

-- One row per property of a record that has to be created: what it is made with. Where
-- a property that it needs is held, nothing is made (outbound_creates).

with

creates as (

    select * from {{ ref('outbound_creates') }}

),

target_values as (

    select * from {{ ref('outbound_values') }}
    where is_touched and not is_linked

),

flows as (

    select * from {{ ref('match_flows') }}

),

held_creates as (

    select distinct flow, source_key from creates
    where is_required and held_because is not null

),

new_records as (

    select
        flows.flow,
        flows.flow_level,
        'create' as operation,
        target_values.system_name,
        target_values.entity,
        target_values.record_id,
        target_values.source_key,
        target_values.is_source,
        target_values.property,
        target_values.name,
        creates.property_group,
        creates.json_path,
        target_values.wire_type,
        cast(null as varchar) as native_before,
        target_values.agreed_value as delivered,
        target_values.value_after,
        target_values.reference_flow,
        target_values.reference_key,
        true as is_first_meeting,
        'create' as reason,
        creates.source_key as won_by,
        false as was_accepted,
        creates.is_required
    from creates
    inner join flows on creates.flow = flows.flow
    inner join target_values
        on
            creates.flow = target_values.flow
            and creates.source_key = target_values.source_key
            and creates.name = target_values.name
    left join held_creates
        on
            creates.flow = held_creates.flow
            and creates.source_key = held_creates.source_key
    where creates.held_because is null and held_creates.flow is null

)

select * from new_records

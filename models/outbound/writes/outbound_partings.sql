-- One row per write and property that follows from a record that is gone: a target is
-- deleted or set inactive after its source, or brought back. Records that refer to
-- others are deleted first, so the levels count backwards, behind all other writes.

with

left_targets as (

    select * from {{ ref('outbound_orphaned_targets') }}

),

parted_values as (

    select * from {{ ref('match_lost_values') }}
    where not is_source and native is not null

),

restorations as (

    select * from {{ ref('outbound_restorations') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

entities as (

    select * from {{ ref('entities') }}

),

property_mappings as (

    select flow, source_property, target_property from {{ ref('property_mappings') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

partings as (

    select
        left_targets.flow,
        1000 - flows.flow_level as flow_level,
        'delete' as operation,
        left_targets.target_key,
        left_targets.source_key,
        left_targets.record_version,
        parted_values.property,
        parted_values.name,
        parted_values.json_path,
        parted_values.native as native_before,
        'null' as value_after,
        'source_gone' as reason
    from left_targets
    inner join flows on left_targets.flow = flows.flow
    inner join parted_values
        on
            left_targets.flow = parted_values.flow
            and left_targets.source_key = parted_values.source_key
            and left_targets.target_key = parted_values.target_key
    where left_targets.policy = 'delete' and left_targets.edited_names is null

    union all

    select
        left_targets.flow,
        flows.flow_level,
        'update' as operation,
        left_targets.target_key,
        left_targets.source_key,
        left_targets.record_version,
        coalesce(
            property_mappings.source_property, substr(entities.inactive_path, 3)
        ) as property,
        substr(entities.inactive_path, 3) as name,
        entities.inactive_path as json_path,
        {{ json_value('records.record', 'entities.inactive_path') }} as native_before,
        entities.inactive_value as value_after,
        'source_gone' as reason
    from left_targets
    inner join flows on left_targets.flow = flows.flow
    inner join records on left_targets.target_key = records.record_key
    inner join entities
        on
            flows.target_system = entities.system_name
            and flows.target_entity = entities.entity
    left join property_mappings
        on
            left_targets.flow = property_mappings.flow
            and entities.inactive_path = '$.' || property_mappings.target_property
    where
        left_targets.policy = 'deactivate'
        and {{ json_value('records.record', 'entities.inactive_path') }}
        is distinct from entities.inactive_value

    union all

    select * from restorations

)

select * from partings

-- One row per write and property that follows from a record that is gone: a target is
-- deleted or set inactive after its source, or brought back. Records that refer to
-- others are deleted first, so the levels count backwards, behind all other writes.

with

orphaned_targets as (

    select * from {{ ref('outbound_orphaned_targets') }}

),

lost_values as (

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
        orphaned_targets.flow,
        1000 - flows.flow_level as flow_level,
        'delete' as operation,
        orphaned_targets.target_key,
        orphaned_targets.source_key,
        orphaned_targets.record_version,
        lost_values.property,
        lost_values.name,
        lost_values.json_path,
        lost_values.native as native_before,
        'null' as value_after,
        'source_gone' as reason
    from orphaned_targets
    inner join flows on orphaned_targets.flow = flows.flow
    inner join lost_values
        on
            orphaned_targets.flow = lost_values.flow
            and orphaned_targets.source_key = lost_values.source_key
            and orphaned_targets.target_key = lost_values.target_key
    where orphaned_targets.policy = 'delete' and orphaned_targets.edited_names is null

    union all

    select
        orphaned_targets.flow,
        flows.flow_level,
        'update' as operation,
        orphaned_targets.target_key,
        orphaned_targets.source_key,
        orphaned_targets.record_version,
        coalesce(
            property_mappings.source_property, substr(entities.inactive_path, 3)
        ) as property,
        substr(entities.inactive_path, 3) as name,
        entities.inactive_path as json_path,
        {{ json_value('records.record', 'entities.inactive_path') }} as native_before,
        entities.inactive_value as value_after,
        'source_gone' as reason
    from orphaned_targets
    inner join flows on orphaned_targets.flow = flows.flow
    inner join records on orphaned_targets.target_key = records.record_key
    inner join entities
        on
            flows.target_system = entities.system_name
            and flows.target_entity = entities.entity
    left join property_mappings
        on
            orphaned_targets.flow = property_mappings.flow
            and entities.inactive_path = '$.' || property_mappings.target_property
    where
        orphaned_targets.policy = 'deactivate'
        and {{ json_value('records.record', 'entities.inactive_path') }}
        is distinct from entities.inactive_value

    union all

    select * from restorations

)

select * from partings

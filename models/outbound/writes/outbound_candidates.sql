-- One row per write and property that the merge calls for, before refused payloads are
-- held back: updates of linked records, new records, and what follows from records that
-- are gone and links that a person has ended. A record is written at most once in a
-- run, whatever flows its changes come from.

with

updates as (

    select * from {{ ref('outbound_updates') }}

),

new_records as (

    select * from {{ ref('outbound_new_records') }}

),

partings as (

    select * from {{ ref('outbound_partings') }}

),

put_backs as (

    select * from {{ ref('outbound_put_backs') }}

),

partings_and_put_backs as (

    select
        flow,
        flow_level,
        operation,
        target_key,
        source_key,
        property,
        property as property_group,
        name,
        json_path,
        native_before,
        cast(null as varchar) as delivered,
        value_after,
        reason
    from partings

    union all

    select
        flow,
        flow_level,
        operation,
        target_key,
        source_key,
        property,
        property_group,
        name,
        json_path,
        native_before,
        delivered,
        value_after,
        reason
    from put_backs

),

after_partings as (

    select
        flow,
        flow_level,
        operation,
        split_part(target_key, ':', 1) as system_name,
        split_part(target_key, ':', 2) as entity,
        {{ record_id_of('target_key') }} as record_id,
        source_key,
        false as is_source,
        property,
        name,
        property_group,
        json_path,
        'string' as wire_type,
        native_before,
        delivered,
        value_after,
        cast(null as varchar) as reference_flow,
        cast(null as varchar) as reference_key,
        false as is_first_meeting,
        reason,
        cast(null as varchar) as won_by,
        false as was_accepted,
        false as is_required
    from partings_and_put_backs

),

all_candidates as (

    select * from updates
    union all
    select * from new_records
    union all
    select * from after_partings

),

fingerprinted as (

    select
        flow || ' ' || operation || ' ' || coalesce(
            {{ record_key('system_name', 'entity', 'record_id') }}, source_key
        ) as write_key,
        all_candidates.*
    from all_candidates

)

select * from fingerprinted

-- One row per write that a push would send now, with all that it needs: what to change,
-- and what the merge saw of the record, so that the push can tell whether it moved.

with

writes as (

    select * from {{ ref('outbound_writes') }}

),

seen_records as (

    select * from {{ ref('outbound_seen_records') }}

),

outside_of_stars as (

    select target_key, record_version, json_path, native_before
    from {{ ref('outbound_partings') }}

    union all

    select target_key, record_version, json_path, native_before
    from {{ ref('outbound_put_backs') }}

),

partings as (

    select
        target_key as record_key,
        min(record_version) as record_version,
        {{ json_members('json_path', 'native_before') }} as seen
    from outside_of_stars
    where native_before is not null
    group by target_key

),

requests as (

    select
        write_key,
        flow_level,
        flow,
        operation,
        system_name,
        entity,
        record_id,
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key,
        source_key,
        payload_hash,
        bool_and(is_first_meeting) as is_first_meeting,
        {{ sorted_text_list('reason', "', '", distinct=true) }} as reason,
        '[' || {{ sorted_text_list(json_change(), "', '") }} || ']' as changes
    from writes
    group by
        write_key, flow_level, flow, operation, system_name, entity, record_id,
        source_key, payload_hash

),

complete as (

    select
        requests.write_key,
        requests.flow_level,
        requests.flow,
        requests.operation,
        requests.system_name,
        requests.entity,
        requests.record_id,
        requests.record_key,
        requests.source_key,
        coalesce(seen_records.record_version, partings.record_version)
            as record_version,
        seen_records.change_stamp,
        requests.payload_hash,
        requests.is_first_meeting,
        requests.reason,
        coalesce(seen_records.seen, partings.seen, '{}') as seen,
        requests.changes
    from requests
    left join seen_records on requests.record_key = seen_records.record_key
    left join partings on requests.record_key = partings.record_key

)

select * from complete

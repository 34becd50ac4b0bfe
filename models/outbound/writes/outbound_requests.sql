-- One row per write that a push would send now, with all that it needs: what to change,
-- and what the merge saw of the record, so that the push can tell whether it moved.

with

writes as (

    select * from {{ ref('outbound_writes') }}

),

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

members as (

    select * from {{ ref('merge_members') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

proofs as (

    select member_key, known_stamp_is_ahead from {{ ref('merge_proofs') }}

),

partings as (

    select
        target_key as record_key,
        min(record_version) as record_version,
        {{ json_members('json_path', 'native_before') }} as seen
    from {{ ref('outbound_partings') }}
    where native_before is not null
    group by target_key

),

written_members as (

    select distinct
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key
    from writes
    where record_id is not null

),

seen as (

    select
        outcomes.member_key as record_key,
        {{ json_members('outcomes.json_path', 'outcomes.native') }} as seen
    from outcomes
    inner join written_members on outcomes.member_key = written_members.record_key
    where outcomes.native is not null
    group by outcomes.member_key

),

versions as (

    select
        members.member_key as record_key,
        case
            when record_states.written_at >= members.loaded_at
                then coalesce(record_states.record_version, members.record_version)
            else members.record_version
        end as record_version,
        greatest(
            members.change_stamp,
            case
                when not coalesce(proofs.known_stamp_is_ahead, false)
                    then record_states.change_stamp
            end
        ) as change_stamp
    from members
    inner join written_members on members.member_key = written_members.record_key
    left join record_states on members.member_key = record_states.record_key
    left join proofs on members.member_key = proofs.member_key

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
        coalesce(versions.record_version, partings.record_version) as record_version,
        versions.change_stamp,
        requests.payload_hash,
        requests.is_first_meeting,
        requests.reason,
        coalesce(seen.seen, partings.seen, '{}') as seen,
        requests.changes
    from requests
    left join seen on requests.record_key = seen.record_key
    left join versions on requests.record_key = versions.record_key
    left join partings on requests.record_key = partings.record_key

)

select * from complete

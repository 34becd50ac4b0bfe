{{ config(materialized="view") }}

-- One row per linked record that is to be written: what the merge saw of it, so that
-- the push can tell whether it moved.

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

proofs as (

    select member_key, known_stamp_is_ahead from {{ ref('merge_proofs') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

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

seen_records as (

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
        ) as change_stamp,
        seen.seen
    from members
    inner join written_members on members.member_key = written_members.record_key
    left join record_states on members.member_key = record_states.record_key
    left join proofs on members.member_key = proofs.member_key
    left join seen on members.member_key = seen.record_key

)

select * from seen_records

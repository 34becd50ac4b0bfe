-- One row per member of a touched star whose remembered state changes now: what the
-- deciding transaction of a push writes to the ledger. A record that waits is looked at
-- again in every run, until nothing is left to pass on.

with

members as (

    select * from {{ ref('merge_members') }}

),

touched_stars as (

    select * from {{ ref('merge_touched_stars') }}

),

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

seed_versions as (

    select * from {{ ref('merge_seed_versions') }}

),

sources as (

    select source_key, system_name, entity from members where is_source

),

waiting as (

    select
        member_key,
        bool_or(
            outcome in ('update', 'held', 'as_stored')
            or still_awaits
            or (
                outcome = 'absent'
                and (not was_delivered or delivered is distinct from agreed_value)
            )
        ) as waits,
        coalesce(bool_or(still_awaits), false) as still_awaits
    from outcomes
    group by member_key

),

states as (

    select
        members.member_key as record_key,
        members.is_available,
        case
            when members.is_available then members.record_hash
            else record_states.content_hash
        end as content_hash,
        -- What our own last write left behind is newer than an older listing, and than
        -- a listing that does not show it yet.
        case
            when
                not members.is_available
                or waiting.still_awaits
                or record_states.written_at >= members.loaded_at
                then record_states.change_stamp
            else members.change_stamp
        end as change_stamp,
        case
            when
                not members.is_available
                or waiting.still_awaits
                or record_states.written_at >= members.loaded_at
                then coalesce(record_states.stamp_is_ours, false)
            else
                coalesce(
                    record_states.stamp_is_ours
                    and record_states.change_stamp = members.change_stamp,
                    false
                )
        end as stamp_is_ours,
        case
            when
                not members.is_available
                or record_states.written_at >= members.loaded_at
                then record_states.record_version
            else members.record_version
        end as record_version,
        case
            when members.is_available then seed_versions.seeds_version
            else record_states.seeds_version
        end as seeds_version,
        coalesce(waiting.waits, false) as waits,
        record_states.record_key is null as is_new,
        record_states.content_hash as hash_before,
        record_states.seeds_version as seeds_before,
        record_states.waits as waited_before,
        record_states.stamp_is_ours as ours_before
    from members
    inner join touched_stars on members.source_key = touched_stars.source_key
    inner join sources on members.source_key = sources.source_key
    inner join seed_versions
        on
            sources.system_name = seed_versions.source_system
            and sources.entity = seed_versions.source_entity
    left join record_states on members.member_key = record_states.record_key
    left join waiting on members.member_key = waiting.member_key

),

changed as (

    select
        record_key,
        content_hash,
        change_stamp,
        stamp_is_ours,
        record_version,
        seeds_version,
        waits
    from states
    where
        (is_available or not is_new)
        and (
            is_new
            or content_hash is distinct from hash_before
            or seeds_version is distinct from seeds_before
            or waits is distinct from waited_before
            or stamp_is_ours is distinct from ours_before
        )

)

select * from changed

-- One row per member of a touched star whose remembered state changes now: what the
-- deciding transaction of a push writes to the ledger. A record that waits is looked at
-- again in every run, until nothing is left to pass on. What could not be confirmed is
-- not noted as seen, and no list makes what is known of a record older.

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

    select * from {{ ref('stg_seeds__versions') }}

),

sources as (

    select source_key, system_name, entity from members where is_source

),

seen as (

    select
        member_key,
        bool_or(is_proven) as is_proven,
        bool_or(is_unconfirmed) as is_unconfirmed,
        bool_or(
            is_unconfirmed
            or outcome in ('update', 'held', 'as_stored')
            or (outcome = 'unknown' and not coalesce(is_unshown, false))
            or still_awaits
            or (
                outcome = 'absent'
                and (not was_delivered or delivered is distinct from agreed_value)
            )
        ) as waits,
        coalesce(bool_or(still_awaits), false) as still_awaits,
        coalesce(bool_or(known_stamp_is_ahead), false) as known_stamp_is_ahead
    from outcomes
    group by member_key

),

hidden as (

    select distinct member_key from {{ ref('merge_values') }}
    where is_masked

),

-- What our own last write left behind is newer than an older listing, and than one that
-- does not show it yet.
members_and_states as (

    select
        members.*,
        seed_versions.seeds_version,
        record_states.record_key is null as is_new_state,
        record_states.content_hash as hash_before,
        record_states.seeds_version as seeds_before,
        record_states.waits as waited_before,
        record_states.stamp_is_ours as ours_before,
        record_states.change_stamp as stamp_before,
        record_states.record_version as version_before,
        members.is_available and not coalesce(seen.is_unconfirmed, false)
            as is_believed,
        coalesce(record_states.written_at >= members.loaded_at, false)
        or (
            not coalesce(seen.is_proven, false)
            and coalesce(
                {{ as_number('members.record_version') }}
                < {{ as_number('record_states.record_version') }},
                members.change_stamp < record_states.change_stamp
                and not coalesce(seen.known_stamp_is_ahead, false),
                false
            )
        ) as is_older,
        coalesce(seen.waits, false) or hidden.member_key is not null as waits,
        coalesce(seen.still_awaits, false) as still_awaits
    from members
    inner join touched_stars on members.source_key = touched_stars.source_key
    inner join sources on members.source_key = sources.source_key
    inner join seed_versions
        on
            sources.system_name = seed_versions.source_system
            and sources.entity = seed_versions.source_entity
    left join record_states on members.member_key = record_states.record_key
    left join seen on members.member_key = seen.member_key
    left join hidden on members.member_key = hidden.member_key

),

states as (

    select
        member_key as record_key,
        is_available,
        is_new_state,
        hash_before,
        seeds_before,
        waited_before,
        ours_before,
        waits,
        case when is_believed then record_hash else hash_before end as content_hash,
        case when is_believed then seeds_version else seeds_before end
            as seeds_version,
        case
            when is_believed and not is_older and not still_awaits then change_stamp
            else stamp_before
        end as change_stamp,
        case
            when is_believed and not is_older then record_version else version_before
        end as record_version,
        coalesce(
            ours_before
            and (
                not is_believed
                or is_older
                or still_awaits
                or stamp_before = change_stamp
            ),
            false
        ) as stamp_is_ours
    from members_and_states

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
        (is_available or not is_new_state)
        and (
            is_new_state
            or content_hash is distinct from hash_before
            or seeds_version is distinct from seeds_before
            or waits is distinct from waited_before
            or stamp_is_ours is distinct from ours_before
        )

)

select * from changed

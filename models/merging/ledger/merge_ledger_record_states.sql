-- One row per member of a touched star whose remembered state changes now: what the
-- deciding transaction of a push writes to the ledger. A record that waits is looked at
-- again in every run, until nothing is left to pass on. What could not be confirmed is
-- not noted as seen, and no list makes what is known of a record older.

with

members as (

    select * from {{ ref('merge_members') }}

),

waits as (

    select * from {{ ref('merge_waits') }}

),

proofs as (

    select member_key, outdates_listing, is_behind from {{ ref('merge_proofs') }}

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
        members.is_available and not coalesce(waits.is_unconfirmed, false)
            as is_believed,
        proofs.outdates_listing
        or (proofs.is_behind and not coalesce(waits.is_proven, false)) as is_older,
        coalesce(waits.waits, false) as waits,
        coalesce(waits.still_awaits, false) as still_awaits
    from members
    inner join sources on members.source_key = sources.source_key
    inner join seed_versions
        on
            sources.system_name = seed_versions.source_system
            and sources.entity = seed_versions.source_entity
    left join record_states on members.member_key = record_states.record_key
    inner join proofs on members.member_key = proofs.member_key
    left join waits on members.member_key = waits.member_key

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

-- One row per member of a touched star: what its stamp and its version say.
-- `is_newer`: it is surely newer than what was seen last, by its version, or by its
-- stamp (by more than the doubt about the system's clock). `is_older_than_known`: it
-- bears an older stamp; `is_behind`: an older version, or where there is none an
-- older stamp. `outdates_listing`: our own write is newer than the newest listing.
-- `is_edited_since_made`: we made it, have not looked at it since, and somebody has
-- changed it. `edited_at`: when whoever edited it did so; nobody knows when the
-- stamp is the one that our own write left, and a stamp of the future counts as the
-- moment at which the record was read. `seeds_changed`: since it was seen last.

with

touched_stars as (

    select * from {{ ref('merge_touched_stars') }}

),

members as (

    select members.*
    from {{ ref('merge_members') }} as members
    inner join touched_stars on members.source_key = touched_stars.source_key

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

seed_versions as (

    select source_system, source_entity, seeds_version
    from {{ ref('stg_seeds__versions') }}

),

single_reads as (

    select record_key, read_at from {{ ref('stg_run__single_reads') }}
    where outcome = 'found'

),

compared as (

    select
        members.member_key,
        members.change_stamp,
        members.loaded_at,
        coalesce(record_states.written_at >= members.loaded_at, false)
            as outdates_listing,
        coalesce(
            record_states.content_hash is null
            and record_states.stamp_is_ours
            and record_states.written_at < members.loaded_at
            and record_states.change_stamp < members.change_stamp,
            false
        ) as is_edited_since_made,
        coalesce(
            record_states.stamp_is_ours
            and record_states.change_stamp = members.change_stamp,
            false
        ) as stamp_is_ours,
        {{ is_ahead(
            'members.change_stamp', 'members.loaded_at', 'entities.clock_uncertainty_s'
        ) }} as stamp_is_ahead,
        {{ is_ahead(
            'record_states.change_stamp',
            'greatest(members.loaded_at, record_states.written_at)',
            'entities.clock_uncertainty_s + 86400'
        ) }} as known_stamp_is_ahead,
        coalesce(single_reads.read_at >= members.loaded_at, false) as is_read_singly,
        coalesce(members.change_stamp < record_states.change_stamp, false)
            as is_before_known,
        {{ as_number('members.record_version') }}
        > {{ as_number('record_states.record_version') }} as has_newer_version,
        {{ as_number('members.record_version') }}
        < {{ as_number('record_states.record_version') }} as has_older_version,
        {{ seconds_between('record_states.change_stamp', 'members.change_stamp') }}
        > entities.clock_uncertainty_s as has_newer_stamp,
        (seed_versions.seeds_version is distinct from record_states.seeds_version)
            as seeds_changed
    from members
    inner join entities
        on
            members.system_name = entities.system_name
            and members.entity = entities.entity
    left join record_states on members.member_key = record_states.record_key
    left join single_reads on members.member_key = single_reads.record_key
    left join seed_versions
        on
            seed_versions.source_system = split_part(members.source_key, ':', 1)
            and seed_versions.source_entity = split_part(members.source_key, ':', 2)

),

-- A stamp of the future proves nothing. One that is known makes no record older: the
-- clock has been put right since. (One that is a little fast orders its own rightly.)
proofs as (

    select
        member_key,
        outdates_listing,
        is_edited_since_made,
        stamp_is_ours,
        known_stamp_is_ahead,
        is_read_singly,
        seeds_changed,
        is_before_known and not known_stamp_is_ahead as is_older_than_known,
        coalesce(has_older_version, is_before_known and not known_stamp_is_ahead)
            as is_behind,
        coalesce(has_newer_version, has_newer_stamp and not stamp_is_ahead, false)
            as is_newer,
        case
            when stamp_is_ours then null
            when stamp_is_ahead then loaded_at
            else change_stamp
        end as edited_at
    from compared

)

select * from proofs

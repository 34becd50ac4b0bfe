-- One row per star that has to be looked at: a member whose content differs from what
-- was seen last, a new member, seeds that changed, somebody who waits, a record to
-- create, a reference through a link that starts or ends, or a value to restore.
-- Everything behind this costs as much as there are changes.

with

members as (

    select * from {{ ref('merge_members') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

seed_versions as (

    select
        source_system,
        source_entity,
        seeds_version
    from {{ ref('stg_seeds__versions') }}

),

sources as (

    select source_key, system_name, entity from members where is_source

),

to_create as (

    select source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

changed_references as (

    select distinct source_key as referred_key
    from {{ ref('merge_changed_references') }}

),

observations as (

    select record_key, delivered from {{ ref('stg_ledger__observations') }}

),

touched_members as (

    select members.source_key
    from members
    inner join sources on members.source_key = sources.source_key
    inner join seed_versions
        on
            sources.system_name = seed_versions.source_system
            and sources.entity = seed_versions.source_entity
    left join record_states on members.member_key = record_states.record_key
    where
        members.is_available
        and (
            record_states.record_key is null
            or members.is_new
            or members.record_hash is distinct from record_states.content_hash
            or seed_versions.seeds_version is distinct from record_states.seeds_version
            or record_states.waits
        )

),

touched_through_references as (

    select members.source_key
    from observations
    inner join changed_references
        on observations.delivered = changed_references.referred_key
    inner join members on observations.record_key = members.member_key

),

restores as (

    select distinct source_key from {{ ref('merge_restores') }}
    where is_member

),

touched as (

    select source_key from touched_members

    union

    select members.source_key
    from members
    inner join restores on members.member_key = restores.source_key

    union

    select source_key from to_create

    union

    select source_key from touched_through_references

)

select * from touched

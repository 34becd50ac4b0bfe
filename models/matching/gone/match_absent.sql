-- One row per linked record that a usable entity does not show any more: the newest
-- complete full listing lacks it, or it is marked as deleted. That is a suspicion, for
-- lists lie; `is_gone` says that a single read has confirmed it since. A record that a
-- single read found although lists lack it is suspected anew after some hours. One that
-- was made after that listing began can't be in it, and is not suspected. Nothing is
-- asked about a record all of whose links rest.

with

links as (

    select flow, source_key, target_key from {{ ref('stg_ledger__links') }}
    where ended_at is null

    except

    select flow, source_key, target_key from {{ ref('match_resting_links') }}

),

flows as (

    select * from {{ ref('flows') }}

),

entities as (

    select system_name, entity from {{ ref('match_entities') }}
    where is_usable

),

present as (

    select record_key from {{ ref('match_records') }}

),

records as (

    select record_key, loaded_at from {{ ref('stg_records') }}

),

single_reads as (

    select * from {{ ref('stg_run__single_reads') }}
    where outcome = 'gone'

),

newest_full_listings as (

    select system_name, entity, max(started_at) as started_at
    from {{ ref('stg_run__listings') }}
    where kind = 'full' and complete
    group by system_name, entity

),

limits as (

    select {{ limit_named('confirm_again_hours') }} as confirm_again_hours
    from {{ ref('limits') }}

),

linked as (

    select
        links.source_key as record_key,
        flows.source_system as system_name,
        flows.source_entity as entity
    from links
    inner join flows on links.flow = flows.flow

    union

    select
        links.target_key as record_key,
        flows.target_system as system_name,
        flows.target_entity as entity
    from links
    inner join flows on links.flow = flows.flow

),

-- A record that a write of ours is open for is not absent: it is not looked at. Nor is
-- one that was shown, although nobody can read it.
written as (

    select {{ record_key('system_name', 'entity', 'record_id') }} as record_key
    from {{ ref('stg_ledger__writes') }}
    where is_open and record_id is not null

    union

    select record_key from {{ ref('stg_run__set_aside') }}
    where record_key is not null

    union

    select record_key from {{ ref('match_written_since') }}

),

missing as (

    select
        linked.*,
        records.record_key is not null as is_in_raw,
        records.loaded_at
    from linked
    inner join entities
        on
            linked.system_name = entities.system_name
            and linked.entity = entities.entity
    cross join limits
    left join present on linked.record_key = present.record_key
    left join written on linked.record_key = written.record_key
    left join records on linked.record_key = records.record_key
    left join newest_full_listings
        on
            linked.system_name = newest_full_listings.system_name
            and linked.entity = newest_full_listings.entity
    where
        written.record_key is null
        and (
            present.record_key is null
            or {{ seconds_between(
                'records.loaded_at', 'newest_full_listings.started_at'
            ) }} >= 3600 * limits.confirm_again_hours
        )

),

absent as (

    select
        missing.record_key,
        missing.system_name,
        missing.entity,
        {{ record_id_of('missing.record_key') }} as record_id,
        single_reads.record_key is not null
        and (not missing.is_in_raw or single_reads.read_at >= missing.loaded_at)
            as is_gone
    from missing
    left join single_reads on missing.record_key = single_reads.record_key

)

select * from absent

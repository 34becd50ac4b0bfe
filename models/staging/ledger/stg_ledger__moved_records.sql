-- One row per record key that is one no more: the same record has another key now, of
-- which only one part is for good (a contact person that moves to another company). The
-- newest sight of that part is where the record is. `takes_over` says that what the
-- ledger knows under the old key (its links, what was observed) is what counts for the
-- new one. A part that two records of one listing share identifies nobody: then nothing
-- has moved.

{{ config(materialized='replaced_at_once') }}

with

entities as (

    select
        system_name,
        entity,
        stable_id_part
    from {{ ref('entities') }}
    where stable_id_part is not null

),

records as (

    select
        stg_records.record_key,
        stg_records.system_name,
        stg_records.entity,
        stg_records.loaded_at,
        stg_records.is_listed,
        split_part(stg_records.record_id, '/', entities.stable_id_part) as stable_part
    from {{ ref('stg_records') }} as stg_records
    inner join entities
        on
            stg_records.system_name = entities.system_name
            and stg_records.entity = entities.entity

),

ledger_links as (

    select target_key, ended_at, gone_key from {{ source('ledger', 'links') }}

),

ledger_states as (

    select record_key from {{ source('ledger', 'record_states') }}

),

ledger_decisions as (

    select distinct target_key from {{ source('ledger', 'decisions') }}

),

past_links as (

    select distinct target_key from ledger_links
    where ended_at is not null and gone_key is not null

),

open_links as (

    select distinct target_key from ledger_links where ended_at is null

),

seen_together as (

    select
        system_name,
        entity
    from records
    group by system_name, entity, stable_part, loaded_at
    having count(*) > 1

),

ranked as (

    select
        records.*,
        row_number() over (
            partition by records.system_name, records.entity, records.stable_part
            order by records.loaded_at desc
        ) as newest_first
    from records
    left join seen_together
        on
            records.system_name = seen_together.system_name
            and records.entity = seen_together.entity
    where seen_together.entity is null

),

where_they_are as (

    select
        record_key as moved_to,
        system_name,
        entity,
        stable_part
    from ranked
    where newest_first = 1 and is_listed

),

known_keys as (

    select record_key from records

    union

    select target_key from ledger_links

    union

    select record_key from ledger_states

    union

    select target_key from ledger_decisions

),

known_parts as (

    select
        known_keys.record_key,
        entities.system_name,
        entities.entity,
        split_part(
            {{ record_id_of('known_keys.record_key') }}, '/', entities.stable_id_part
        ) as stable_part
    from known_keys
    inner join entities
        on
            split_part(known_keys.record_key, ':', 1) = entities.system_name
            and split_part(known_keys.record_key, ':', 2) = entities.entity

),

moved as (

    select
        known_parts.record_key,
        where_they_are.moved_to,
        links_of_old.target_key is not null as is_linked,
        links_of_new.target_key is not null as new_is_linked,
        states_of_new.record_key is not null as new_is_known,
        states_of_old.record_key is not null
        or past_links_of_old.target_key is not null as old_is_known
    from known_parts
    inner join where_they_are
        on
            known_parts.system_name = where_they_are.system_name
            and known_parts.entity = where_they_are.entity
            and known_parts.stable_part = where_they_are.stable_part
    left join open_links as links_of_old
        on known_parts.record_key = links_of_old.target_key
    left join open_links as links_of_new
        on where_they_are.moved_to = links_of_new.target_key
    left join ledger_states as states_of_new
        on where_they_are.moved_to = states_of_new.record_key
    left join ledger_states as states_of_old
        on known_parts.record_key = states_of_old.record_key
    left join past_links as past_links_of_old
        on known_parts.record_key = past_links_of_old.target_key
    where
        known_parts.record_key <> where_they_are.moved_to
        and not (
            links_of_old.target_key is not null and links_of_new.target_key is not null
        )

),

ordered as (

    select
        moved.*,
        row_number() over (
            partition by moved_to
            order by is_linked desc, old_is_known desc, record_key asc
        ) as linked_first
    from moved

),

moved_records as (

    select
        record_key,
        moved_to,
        linked_first = 1
        and (
            is_linked or (old_is_known and not new_is_linked and not new_is_known)
        ) as takes_over
    from ordered

)

select * from moved_records

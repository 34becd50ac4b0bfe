-- One row per record that is gone, and what says so: the system's own mark, a single
-- read, or a write of ours that found nothing there (or deleted it). What is older than
-- the newest sight of the record counts no more, and neither does an entity that this
-- run can't believe. That a listing lacks a record never makes a row.

with

records as (

    select * from {{ ref('stg_records') }}

),

entities as (

    select system_name, entity from {{ ref('match_entities') }}
    where is_usable

),

single_reads as (

    select record_key, system_name, entity, read_at
    from {{ ref('stg_run__single_reads') }}
    where outcome = 'gone'

),

writes as (

    select
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key,
        system_name,
        entity,
        settled_at,
        operation = 'delete' and status = 'done' as was_ours
    from {{ ref('stg_ledger__writes') }}
    where
        record_id is not null
        and (status = 'gone' or (operation = 'delete' and status = 'done'))

),

asked_for as (

    select
        record_key,
        system_name,
        entity,
        read_at as told_at,
        2 as precedence,
        'it is not there any more' as evidence
    from single_reads

    union all

    select
        record_key,
        system_name,
        entity,
        settled_at as told_at,
        case when was_ours then 0 else 3 end as precedence,
        case
            when was_ours then 'we deleted it'
            else 'it was not there when it was to be written'
        end as evidence
    from writes

),

keys_asked_for as (

    select distinct record_key from asked_for

),

sights as (

    select records.record_key, records.loaded_at
    from records
    inner join keys_asked_for on records.record_key = keys_asked_for.record_key

),

told as (

    select
        record_key,
        system_name,
        entity,
        1 as precedence,
        'it is marked as deleted' as evidence
    from records
    where is_deleted

    union all

    select
        asked_for.record_key,
        asked_for.system_name,
        asked_for.entity,
        asked_for.precedence,
        asked_for.evidence
    from asked_for
    left join sights on asked_for.record_key = sights.record_key
    where sights.record_key is null or asked_for.told_at >= sights.loaded_at

),

gone as (

    select
        told.record_key,
        min(told.system_name) as system_name,
        {{ oldest('told.evidence', 'told.precedence') }} as evidence
    from told
    inner join entities
        on
            told.system_name = entities.system_name
            and told.entity = entities.entity
    group by told.record_key

)

select * from gone

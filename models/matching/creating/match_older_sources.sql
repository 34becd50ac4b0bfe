-- One row per flow and source record that was there before the day from which the flow
-- creates records, or does not say since when it is: it gets none. Who was linked in
-- the flow once, and whom a person wants to have a record of its own, are none of
-- these.

with

start_days as (

    select * from {{ ref('match_start_days') }}

),

entities as (

    select system_name, entity, created_path from {{ ref('entities') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

records as (

    select record_key, system_name, entity, record from {{ ref('stg_records') }}

),

linked_once as (

    select distinct flow, source_key from {{ ref('stg_ledger__links') }}

),

decided_creates as (

    select flow, source_key from {{ ref('match_decided_creates') }}

),

stamped as (

    select
        start_days.flow,
        start_days.starts_at,
        records.record_key as source_key,
        {{ utc_stamp(json_text('records.record', 'entities.created_path')) }}
            as created_at
    from start_days
    inner join entities
        on
            start_days.source_system = entities.system_name
            and start_days.source_entity = entities.entity
    inner join records
        on
            start_days.source_system = records.system_name
            and start_days.source_entity = records.entity
    inner join present on records.record_key = present.record_key

),

older as (

    select
        stamped.flow,
        stamped.source_key,
        stamped.created_at
    from stamped
    left join linked_once
        on
            stamped.flow = linked_once.flow
            and stamped.source_key = linked_once.source_key
    left join decided_creates
        on
            stamped.flow = decided_creates.flow
            and stamped.source_key = decided_creates.source_key
    where
        coalesce(stamped.created_at < stamped.starts_at, true)
        and linked_once.flow is null
        and decided_creates.flow is null

)

select * from older

{{ config(materialized='view') }}

-- One row per record and property that is left out of a write, because the system has
-- refused it, or because it names a record that can't be created.

with

candidates as (

    select
        write_key,
        operation,
        coalesce(
            {{ record_key('system_name', 'entity', 'record_id') }}, source_key
        ) as record_key,
        name,
        property_group,
        won_by,
        flow,
        reference_flow,
        reference_key
    from {{ ref('outbound_candidates') }}

),

writes as (

    select write_key, name from {{ ref('outbound_writes') }}

),

units as (

    select * from {{ ref('outbound_units') }}
    where is_held_back

),

payloads as (

    select * from {{ ref('outbound_payloads') }}
    where is_held_back

),

refused as (

    select
        candidates.record_key,
        candidates.name as property,
        'refused' as held_because,
        payloads.refused_with
        || coalesce(' (the value is from ' || candidates.won_by || ')', '') as details,
        payloads.payload_hash as told_apart_by
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key
    left join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
    where candidates.operation = 'update' and units.write_key is null

),

-- The rest of the write goes without them.
refused_values as (

    select
        candidates.record_key,
        candidates.name as property,
        'refused' as held_because,
        units.refused_with
        || coalesce(' (the value is from ' || candidates.won_by || ')', '') || case
            when candidates.operation = 'create'
                then ' It is left out of the new record, for ' || candidates.flow
            else ''
        end as details,
        units.unit_hash as told_apart_by
    from candidates
    inner join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group

),

-- The record that it names was to be created, but that can't be done either.
unsent_references as (

    select
        candidates.record_key,
        candidates.name as property,
        'unlinked_reference' as held_because,
        candidates.reference_key || ', through ' || candidates.reference_flow
            as details,
        candidates.flow as told_apart_by
    from candidates
    left join payloads on candidates.write_key = payloads.write_key
    left join writes
        on
            candidates.write_key = writes.write_key
            and candidates.name = writes.name
    where
        candidates.reference_flow is not null
        and payloads.write_key is null
        and writes.write_key is null

),

held as (

    select * from refused
    union all
    select * from refused_values
    union all
    select * from unsent_references

)

select * from held

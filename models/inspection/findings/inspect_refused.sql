{{ config(materialized='view') }}

-- One row per refused write, or group of values in one, and value of it that is still
-- called for: the system has refused just that, and it has not arrived. Another value
-- is another row. Where a group is held for itself, the refusal of the whole is not
-- that of its values.

with

candidates as (

    select
        write_key,
        flow,
        operation,
        coalesce(
            {{ record_key('system_name', 'entity', 'record_id') }}, source_key
        ) as record_key,
        system_name,
        name,
        property_group
    from {{ ref('outbound_candidates') }}

),

payloads as (

    select * from {{ ref('outbound_payloads') }}
    where refusals is not null

),

units as (

    select * from {{ ref('outbound_units') }}
    where refusals is not null

),

refused as (

    select
        candidates.*,
        payloads.payload_hash as refusal_id,
        payloads.refused_with as words,
        payloads.refusals,
        payloads.is_held_back
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key
    left join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
            and units.is_held_back
    where units.write_key is null

    union all

    select
        candidates.*,
        units.unit_hash as refusal_id,
        units.refused_with as words,
        units.refusals,
        units.is_held_back
    from candidates
    inner join units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
    where units.unit_hash is not null

)

select * from refused

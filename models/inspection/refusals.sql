{{ config(materialized="view") }}

-- One row per refused write, or group of values in one, that is still called for: the
-- system has refused just that, and it has not arrived. Another value is another row.
-- This is a view, so that an acknowledged refusal shows as such at once.

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

acknowledged as (

    select
        payload_hash,
        min(decided_at) as acknowledged_at
    from {{ ref('stg_ledger__decisions') }}
    where kind = 'acknowledge' and payload_hash is not null
    group by payload_hash

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

),

refusals as (

    select
        refused.refusal_id,
        refused.flow,
        refused.operation,
        refused.system_name as system,
        refused.record_key,
        {{ sorted_text_list('refused.name', "', '") }} as properties,
        refused.words,
        refused.refusals,
        refused.is_held_back,
        acknowledged.acknowledged_at
    from refused
    left join acknowledged on refused.refusal_id = acknowledged.payload_hash
    group by
        refused.refusal_id, refused.flow, refused.operation, refused.system_name,
        refused.record_key, refused.words, refused.refusals, refused.is_held_back,
        acknowledged.acknowledged_at

)

select * from refusals

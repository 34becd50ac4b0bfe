-- One row per write and property that a push would send now: what to send, and why. A
-- reference goes when the record that it names is linked, or created by this very plan.
-- A recovery sends nothing.

with

candidates as (

    select
        candidates.*,
        units.unit_hash
    from {{ ref('outbound_candidates') }} as candidates
    inner join {{ ref('outbound_units') }} as units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
    where not units.is_held_back

),

payloads as (

    select * from {{ ref('outbound_payloads') }}
    where not is_held_back

),

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

links as (

    select flow, source_key from {{ ref('match_links') }}

),

created_now as (

    select distinct candidates.flow, candidates.source_key
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key
    where candidates.operation = 'create'

),

referable as (

    select flow, source_key from links
    union
    select flow, source_key from created_now

),

judged as (

    select
        candidates.*,
        payloads.payload_hash,
        candidates.reference_flow is not null and referable.flow is null
            as leads_nowhere
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key
    left join referable
        on
            candidates.reference_flow = referable.flow
            and candidates.reference_key = referable.source_key

),

incomplete as (

    select distinct write_key from judged
    where leads_nowhere and is_required

),

writes as (

    select
        judged.write_key,
        judged.flow_level,
        judged.flow,
        judged.operation,
        judged.system_name,
        judged.entity,
        judged.record_id,
        judged.source_key,
        judged.property,
        judged.name,
        judged.json_path,
        judged.native_before,
        judged.value_after,
        judged.delivered,
        judged.reference_flow,
        judged.reference_key,
        judged.wire_type,
        judged.is_required,
        judged.is_first_meeting,
        judged.reason,
        judged.won_by,
        judged.unit_hash,
        judged.was_accepted,
        judged.payload_hash
    from judged
    cross join run
    left join incomplete on judged.write_key = incomplete.write_key
    where
        not judged.leads_nowhere
        and incomplete.write_key is null
        and not run.is_recovery

)

select * from writes

-- One row per write that the merge calls for and that has something to send: a
-- fingerprint of what it would send, and whether the system has refused just that
-- before and it is too early to ask again. Values that are held for themselves don't
-- count.

with

candidates as (

    select candidates.*
    from {{ ref('outbound_candidates') }} as candidates
    inner join {{ ref('outbound_units') }} as units
        on
            candidates.write_key = units.write_key
            and candidates.property_group = units.property_group
    where not units.is_held_back

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

limits as (

    select max(limit_value) as backoff_hours
    from {{ ref('limits') }}
    where limit_name = 'refused_backoff_hours'

),

payloads as (

    select
        write_key,
        {{ text_digest(
            "write_key || ' ' || " ~ sorted_text_list(
                "name || '=' || coalesce(value_after, reference_key, 'null')",
                "';'"
            )
        ) }} as payload_hash
    from candidates
    group by write_key

),

refusals as (

    select
        payload_hash,
        count(*) as refusals,
        max(settled_at) as refused_at,
        {{ newest('error', 'settled_at') }} as words
    from writes
    where status = 'refused' and refused_units is null
    group by payload_hash

),

judged as (

    select
        payloads.write_key,
        payloads.payload_hash,
        refusals.words as refused_with,
        refusals.refusals,
        {{ held_until_s(
            'refusals.refused_at', 'refusals.refusals', 'limits.backoff_hours'
        ) }} as held_until_s
    from payloads
    cross join limits
    left join refusals on payloads.payload_hash = refusals.payload_hash

),

held_back as (

    select
        judged.*,
        coalesce(held_until_s > {{ epoch_seconds(now_utc()) }}, false) as is_held_back
    from judged

)

select * from held_back

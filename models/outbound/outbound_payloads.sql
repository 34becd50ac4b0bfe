-- One row per write that the merge calls for: a fingerprint of what it would send, and
-- whether the system has refused just that before and it is too early to ask again.

with

candidates as (

    select * from {{ ref('outbound_candidates') }}

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
    where status = 'refused'
    group by payload_hash

),

judged as (

    select
        payloads.write_key,
        payloads.payload_hash,
        refusals.words as refused_with,
        refusals.refusals,
        coalesce(
            {{ seconds_between('refusals.refused_at', now_utc()) }}
            < 3600 * limits.backoff_hours * least(168, power(2, refusals.refusals - 1)),
            false
        ) as is_held_back
    from payloads
    cross join limits
    left join refusals on payloads.payload_hash = refusals.payload_hash

)

select * from judged

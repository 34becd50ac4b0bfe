{{ config(materialized="view") }}

-- One row per refused write, or group of values in one, that is still called for: the
-- system has refused just that, and it has not arrived. Another value is another row.
-- This is a view, so that an acknowledged refusal shows as such at once.

with

refused as (

    select * from {{ ref('inspect_refused') }}

),

acknowledged as (

    select
        payload_hash,
        min(decided_at) as acknowledged_at
    from {{ ref('stg_ledger__decisions') }}
    where kind = 'acknowledge' and payload_hash is not null
    group by payload_hash

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

-- One row per group of values that a system has refused, by its fingerprint: how often,
-- when last, and with which words. The push says which values it was (`refused_units`).

with

writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where refused_units is not null

),

unfolded_units as (

    select
        settled_at,
        error,
        {{ unfolded(json_array_items('refused_units', "'$'")) }} as unit
    from writes

),

refusals as (

    select
        {{ json_text('unit', "'$'") }} as unit_hash,
        count(*) as refusals,
        max(settled_at) as refused_at,
        {{ newest('error', 'settled_at') }} as words
    from unfolded_units
    group by unit_hash

)

select * from refusals

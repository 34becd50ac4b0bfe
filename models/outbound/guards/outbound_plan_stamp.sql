{{ config(alias="plan_stamp") }}

-- One row: which plan this is. A push refuses a plan that was altered, or that was made
-- from another state of the ledger or from older loads. One that is made in a recovery
-- names no ledger: it bears no witness for a ledger that nobody has accepted.

with

requests as (

    select * from {{ ref('outbound_requests') }}

),

ledger_identity as (

    select * from {{ ref('stg_ledger__identity') }}

),

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

listings as (

    select max(listing_id) as newest_listing from {{ ref('stg_run__listings') }}

),

fingerprints as (

    select
        count(*) as writes,
        coalesce(
            {{ text_digest(text_list(
                text_digest(
                    "concat_ws('|', write_key, flow_level, flow, operation, "
                    ~ "system_name, entity, coalesce(record_id, ''), source_key, "
                    ~ "coalesce(record_version, ''), "
                    ~ "coalesce(cast(change_stamp as varchar), ''), "
                    ~ "coalesce(payload_hash, ''), coalesce(seen, ''), coalesce(changes, ''))"
                ),
                "''", 'write_key'
            )) }},
            'empty'
        ) as plan_hash
    from requests

),

plan_stamp as (

    select
        fingerprints.plan_hash,
        fingerprints.writes,
        case when not run.is_recovery then ledger_identity.ledger_id end
            as ledger_id,
        ledger_identity.run_counter,
        listings.newest_listing,
        {{ now_utc() }} as built_at,
        cast(null as varchar) as built_from
    from fingerprints
    cross join listings
    cross join run
    left join ledger_identity on true

)

select * from plan_stamp

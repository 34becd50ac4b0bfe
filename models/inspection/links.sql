-- One row per link, past or present, and per link that this run has found and a push
-- will establish (`established_at` is null until then).

with

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}

),

new_links as (

    select * from {{ ref('match_new_links') }}

),

resting_links as (

    select * from {{ ref('match_resting_links') }}

),

links_and_found as (

    select
        flow,
        source_key,
        target_key,
        matched_by,
        established_at,
        established_run_id,
        ended_at,
        ended_because
    from ledger_links

    union all

    select
        flow,
        source_key,
        target_key,
        matched_by,
        cast(null as timestamp) as established_at,
        cast(null as varchar) as established_run_id,
        cast(null as timestamp) as ended_at,
        cast(null as varchar) as ended_because
    from new_links

),

links as (

    select
        links_and_found.flow,
        split_part(links_and_found.source_key, ':', 1) as source_system,
        split_part(links_and_found.source_key, ':', 2) as source_entity,
        {{ record_id_of('links_and_found.source_key') }} as source_id,
        split_part(links_and_found.target_key, ':', 1) as target_system,
        split_part(links_and_found.target_key, ':', 2) as target_entity,
        {{ record_id_of('links_and_found.target_key') }} as target_id,
        links_and_found.matched_by,
        links_and_found.established_at,
        links_and_found.ended_at,
        links_and_found.ended_because,
        links_and_found.established_run_id,
        links_and_found.source_key,
        links_and_found.target_key,
        case
            when links_and_found.ended_at is null then resting_links.rests_because
        end as rests_because
    from links_and_found
    left join resting_links
        on
            links_and_found.flow = resting_links.flow
            and links_and_found.source_key = resting_links.source_key
            and links_and_found.target_key = resting_links.target_key

)

select * from links

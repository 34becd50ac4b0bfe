{{ config(materialized='view') }}

-- One row: all that a build is made from, as one digest; the seeds and the models
-- themselves have theirs outside. While it is the same, and no rule that looks at the
-- clock comes due (outbound_due), a build would make what is there. Of the moments at
-- which something was read only their order counts: whether that was before or after
-- the newest thing that is written down.

with

listings as (

    select * from {{ ref('stg_run__listings') }} where complete

),

single_reads as (

    select * from {{ ref('stg_run__single_reads') }}

),

ledger as (

    select * from {{ ref('stg_ledger__content') }}

),

newest_event as (

    select greatest(ledger.newest_event_at, max(single_reads.read_at)) as event_at
    from ledger
    left join single_reads on true
    group by ledger.newest_event_at

),

newest_full_listings as (

    select
        system_name,
        entity,
        max(started_at) as started_at,
        {{ newest('records', 'started_at') }} as records
    from listings
    where kind = 'full'
    group by system_name, entity

),

read_records as (

    select
        records.record_key,
        records.record_hash,
        coalesce(records.loaded_at > newest_event.event_at, true) as is_read_since,
        coalesce(records.loaded_at >= newest_full_listings.started_at, true)
            as is_listed
    from {{ ref('stg_read_hashes') }} as records
    cross join newest_event
    left join newest_full_listings
        on
            records.system_name = newest_full_listings.system_name
            and records.entity = newest_full_listings.entity

),

read_listings as (

    select
        listings.system_name,
        listings.entity,
        max(newest_full_listings.records) as records,
        max(listings.started_at) > max(newest_event.event_at) as is_since,
        max(newest_full_listings.started_at) > max(newest_event.event_at)
            as full_one_is_since
    from listings
    cross join newest_event
    left join newest_full_listings
        on
            listings.system_name = newest_full_listings.system_name
            and listings.entity = newest_full_listings.entity
    group by listings.system_name, listings.entity

),

outcomes as (

    select system_name, '' as entity, configured, outcome, error
    from {{ ref('stg_run__systems') }}

    union all

    select system_name, entity, true as configured, outcome, error
    from {{ ref('stg_run__entities') }}

),

set_aside as (

    select record_key, system_name, entity, words from {{ ref('stg_run__set_aside') }}

),

runs as (

    select max(runs.started_at) > max(newest_event.event_at) as is_since
    from {{ ref('stg_ledger__runs') }} as runs
    cross join newest_event

),

told as (

    select
        {{ allow_mass_change() }} as allows_mass_change,
        {{ setting('mass_change_share') }} as mass_change_share,
        {{ setting('mass_change_count') }} as mass_change_count,
        {{ setting('small_flow_share') }} as small_flow_share,
        {{ setting('small_flow_count') }} as small_flow_count,
        {{ hash_key_is_short() }} as hash_key_is_short

),

digests as (

    {{ [
        rows_digest('ledger', 'ledger'),
        rows_digest('records', 'read_records'),
        rows_digest('listings', 'read_listings'),
        rows_digest('outcomes', 'outcomes'),
        rows_digest('single_reads', 'single_reads'),
        rows_digest('set_aside', 'set_aside'),
        rows_digest('references', ref('stg_run__verified_references')),
        rows_digest('witnesses', ref('stg_run__witnesses')),
        rows_digest('runs', 'runs'),
        rows_digest('told', 'told'),
    ] | join(' union all ') }}

),

inputs as (

    select {{ text_digest(sorted_text_list("part || ' ' || digest", "'|'")) }} as inputs
    from digests

)

select * from inputs

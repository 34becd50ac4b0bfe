{{ config(materialized='replaced_at_once') }}

-- One row per record of any system and entity, in the shape that all share. `is_listed`
-- says that the newest complete full listing of its entity had it, or that it has been
-- read since; a record without it may be gone. A single read is the later word: what it
-- found gone is not listed, and what it found is, even if lists lack it (a closed
-- company in Membercare). A table, because many read it: planning a view over all
-- systems for each of them takes longer than writing its rows down once.

with

records as (

    select * from {{ ref('stg_read_records') }}

),

listings as (

    select * from {{ ref('stg_run__listings') }}

),

single_reads as (

    select record_key, outcome, read_at from {{ ref('stg_run__single_reads') }}
    where outcome in ('found', 'gone')

),

newest_full_listings as (

    select
        system_name,
        entity,
        max(started_at) as started_at
    from listings
    where kind = 'full' and complete
    group by system_name, entity

),

records_and_listings as (

    select
        records.*,
        case
            when
                single_reads.outcome = 'gone'
                and single_reads.read_at >= records.loaded_at
                then false
            when
                newest_full_listings.started_at is null
                or records.loaded_at >= newest_full_listings.started_at
                then true
            else
                coalesce(
                    single_reads.outcome = 'found'
                    and single_reads.read_at >= records.loaded_at,
                    false
                )
        end as is_listed
    from records
    left join single_reads on records.record_key = single_reads.record_key
    left join newest_full_listings
        on
            records.system_name = newest_full_listings.system_name
            and records.entity = newest_full_listings.entity

)

select * from records_and_listings

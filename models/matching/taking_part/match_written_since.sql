-- One row per record that a write of ours made or changed after the newest listing of
-- its entity began: it was there then, and that listing could not show it. Only a
-- listing that begins later can lack it. A quiet run leaves this table empty.

with

writes as (

    select
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key,
        system_name,
        entity,
        settled_at
    from {{ ref('stg_ledger__writes') }}
    where status = 'done' and operation <> 'delete' and record_id is not null

),

listings as (

    select * from {{ ref('stg_run__listings') }}
    where complete and kind <> 'single'

),

newest_listings as (

    select
        system_name,
        entity,
        max(started_at) as started_at
    from listings
    group by system_name, entity

),

gone_reads as (

    select record_key, read_at from {{ ref('stg_run__single_reads') }}
    where outcome = 'gone'

),

written_since as (

    select
        writes.record_key,
        max(writes.settled_at) as written_at
    from writes
    left join newest_listings
        on
            writes.system_name = newest_listings.system_name
            and writes.entity = newest_listings.entity
    left join gone_reads on writes.record_key = gone_reads.record_key
    where
        coalesce(writes.settled_at >= newest_listings.started_at, true)
        and coalesce(writes.settled_at > gone_reads.read_at, true)
    group by writes.record_key

)

select * from written_since

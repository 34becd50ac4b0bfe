-- What the unfolded receipts tell. A record may have been written twice since the last
-- folding: the newest write counts. A create whose record is linked elsewhere tells
-- nothing: a target is in one star only.
create or replace temp table newly_done as
with placed as (
    select
        unfolded.*,
        concat_ws(':', unfolded.system_name, unfolded.entity, unfolded.record_id)
            as record_key
    from unfolded
),

creators as (
    select
        placed.write_id,
        row_number() over (
            partition by placed.record_key order by placed.event_at, placed.write_id
        ) as first_come
    from placed
    where placed.operation = 'create'
),

taken as (
    select placed.write_id
    from placed
    inner join ledger.links on placed.record_key = links.target_key
    where
        placed.operation = 'create'
        and links.ended_at is null
        and (links.flow, links.source_key) <> (placed.flow, placed.source_key)
    union
    select creators.write_id
    from creators
    where creators.first_come > 1
),

receipts as (
    select placed.*
    from placed
    left join taken on placed.write_id = taken.write_id
    where taken.write_id is null
),

unsure as (
    select
        writes.write_id,
        max(writes.event_at) as unknown_at
    from ledger.writes
    where writes.event = 'receipt' and writes.status = 'unknown'
    group by writes.write_id
)

select
    receipts.write_id,
    receipts.run_id,
    receipts.event_at,
    receipts.operation,
    receipts.flow,
    receipts.source_key,
    receipts.record_key,
    receipts.stored_stamp,
    receipts.stored_version,
    receipts.matched_by,
    coalesce(receipts.matched_by = $adopted, false) as is_adopted,
    receipts.place,
    intents.rowid as intent_place,
    -- A write that a later run has settled was sent before that run.
    case
        when receipts.run_id = intents.run_id then receipts.event_at
        else coalesce(unsure.unknown_at, intents.event_at)
    end as written_at,
    row_number() over (
        partition by receipts.record_key
        order by receipts.event_at desc, receipts.place desc
    ) as newest_first,
    -- Values are folded part by part, the oldest first, so that memory holds one part.
    (row_number() over (order by receipts.event_at, receipts.write_id) - 1)
    // $at_once as part
from receipts
inner join ledger.writes as intents
    on receipts.write_id = intents.write_id and intents.event = 'intent'
left join unsure on receipts.write_id = unsure.write_id;

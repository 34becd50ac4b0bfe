-- One row per link of the ledger that rests, and why: its flow does (`flow_off`,
-- `paused`), or one of its records (`paused`, `excluded`). Nothing is read, concluded
-- or written for it; its target stays taken, and is merged like anybody who was away
-- when it wakes.

with

resting_flows as (

    select * from {{ ref('match_resting_flows') }}

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

open_links as (

    select flow, source_key, target_key from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

reasons as (

    select
        open_links.*,
        resting_flows.rests_because
    from resting_flows
    inner join open_links on resting_flows.flow = open_links.flow

    union all

    select
        open_links.*,
        resting_records.rests_because
    from resting_records
    inner join open_links
        on
            resting_records.flow = open_links.flow
            and resting_records.record_key = open_links.source_key

    union all

    select
        open_links.*,
        resting_records.rests_because
    from resting_records
    inner join open_links
        on
            resting_records.flow = open_links.flow
            and resting_records.record_key = open_links.target_key

),

-- What a person can undo at once comes last in the alphabet, and counts first.
resting_links as (

    select
        flow,
        source_key,
        target_key,
        max(rests_because) as rests_because
    from reasons
    group by flow, source_key, target_key

)

select * from resting_links

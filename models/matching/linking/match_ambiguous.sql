-- One row per flow and source record that has candidates but no link, because it, or a
-- candidate, has several. It is not linked and, in a create flow, nothing is created.
-- One whose create is open, or that a person wants to have a record of its own, is none
-- of these; and a recovery has words of its own for what it does not link. Nor is one
-- that only waits: it, a candidate or the flow rests.

with

pairs as (

    select * from {{ ref('match_pairs') }}

),

links as (

    select * from {{ ref('match_links') }}

),

creates as (

    select flow, source_key from {{ ref('match_open_creates') }}
    union
    select flow, source_key from {{ ref('match_decided_creates') }}

),

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

resting_flows as (

    select * from {{ ref('match_resting_flows') }}

),

unlinked_pairs as (

    select
        pairs.flow,
        pairs.source_key,
        pairs.target_key,
        pairs.matched_by,
        coalesce(
            resting_flows.flow, resting_sources.flow, resting_targets.flow
        ) as rests_in
    from pairs
    left join links
        on pairs.flow = links.flow and pairs.source_key = links.source_key
    left join creates
        on pairs.flow = creates.flow and pairs.source_key = creates.source_key
    left join resting_flows on pairs.flow = resting_flows.flow
    left join resting_records as resting_sources
        on
            pairs.flow = resting_sources.flow
            and pairs.source_key = resting_sources.record_key
    left join resting_records as resting_targets
        on
            pairs.flow = resting_targets.flow
            and pairs.target_key = resting_targets.record_key
    cross join run
    where
        links.flow is null
        and creates.flow is null
        and not run.is_recovery

),

ambiguous as (

    select
        flow,
        source_key,
        count(*) as candidates,
        {{ sorted_text_list('target_key', "', '") }} as candidate_keys,
        {{ sorted_text_list('matched_by', "'; '", distinct=true) }} as matched_by
    from unlinked_pairs
    group by flow, source_key
    having count(rests_in) = 0

)

select * from ambiguous

{{ config(materialized='view') }}

-- One row per flow and pair of records that something brings together now, what does,
-- and how much that counts (`precedence`, the least first): a person's decision, a link
-- that is taken up again because its record is back, what a recovery proves, or a rule.
-- A rule brings together only what is the only pair of both its records over all
-- combinations and all records, linked or not: nothing is ever guessed. In a recovery
-- only what is proved to belong together is linked.

with

pairs as (

    select * from {{ ref('match_pairs') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

creates as (

    select flow, source_key from {{ ref('match_open_creates') }}
    union
    select flow, source_key from {{ ref('match_decided_creates') }}

),

decided_pairs as (

    select * from {{ ref('match_decided_pairs') }}

),

returned_links as (

    select * from {{ ref('match_returned_links') }}

),

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

recovery_pairs as (

    select * from {{ ref('match_recovery_pairs') }}

),

counted_pairs as (

    select
        pairs.*,
        count(*) over (partition by flow, source_key) as candidates_of_source,
        count(*) over (partition by target_key) as candidates_of_target
    from pairs

),

found as (

    select flow, source_key, target_key, 'person' as matched_by, 0 as precedence
    from decided_pairs

    union all

    select flow, source_key, target_key, 'returned' as matched_by, 1 as precedence
    from returned_links

    union all

    select
        recovery_pairs.flow,
        recovery_pairs.source_key,
        recovery_pairs.target_key,
        recovery_pairs.proof as matched_by,
        case when recovery_pairs.proof = 'external_reference' then 1 else 2 end
            as precedence
    from recovery_pairs
    inner join flows on recovery_pairs.flow = flows.flow
    where flows.mode = 'create'

    union all

    select
        counted_pairs.flow,
        counted_pairs.source_key,
        counted_pairs.target_key,
        counted_pairs.matched_by,
        3 as precedence
    from counted_pairs
    cross join run
    left join recovery_pairs
        on
            counted_pairs.flow = recovery_pairs.flow
            and counted_pairs.source_key = recovery_pairs.source_key
            and counted_pairs.target_key = recovery_pairs.target_key
    left join creates
        on
            counted_pairs.flow = creates.flow
            and counted_pairs.source_key = creates.source_key
    where
        counted_pairs.candidates_of_source = 1
        and counted_pairs.candidates_of_target = 1
        and creates.flow is null
        and (not run.is_recovery or recovery_pairs.flow is not null)

)

select * from found

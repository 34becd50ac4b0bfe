-- One row per link that is found now: a person's decision, a link that is taken up
-- again because its record is back, or the only pair of both its records over all
-- combinations and all records, linked or not. Nothing is ever guessed. In a recovery
-- only what is proved to belong together is linked.

with

pairs as (

    select * from {{ ref('match_pairs') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

open_creates as (

    select * from {{ ref('match_open_creates') }}

),

decided_pairs as (

    select * from {{ ref('match_decided_pairs') }}

),

returned_links as (

    select * from {{ ref('match_returned_links') }}

),

decided_creates as (

    select flow, source_key from {{ ref('match_decided_creates') }}

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
    left join open_creates
        on
            counted_pairs.flow = open_creates.flow
            and counted_pairs.source_key = open_creates.source_key
    left join decided_creates
        on
            counted_pairs.flow = decided_creates.flow
            and counted_pairs.source_key = decided_creates.source_key
    where
        counted_pairs.candidates_of_source = 1
        and counted_pairs.candidates_of_target = 1
        and open_creates.flow is null
        and decided_creates.flow is null
        and (not run.is_recovery or recovery_pairs.flow is not null)

),

-- One-to-one: a record that is linked already, or that a person has linked just now, is
-- not to be had.
still_free as (

    select
        found.*,
        min(found.precedence) over (
            partition by found.flow, found.source_key
        ) as best_of_source,
        min(found.precedence) over (partition by found.target_key) as best_of_target
    from found
    left join kept_links as links_of_source
        on
            found.flow = links_of_source.flow
            and found.source_key = links_of_source.source_key
    left join kept_links as links_of_target
        on found.target_key = links_of_target.target_key
    where links_of_source.flow is null and links_of_target.flow is null

),

best as (

    select
        still_free.*,
        count(*) over (partition by flow, source_key) as rivals_of_source,
        count(*) over (partition by target_key) as rivals_of_target
    from still_free
    where precedence = best_of_source and precedence = best_of_target

),

-- A person's pair keeps its records from the rules also while one of them is absent.
new_links as (

    select
        best.flow,
        best.source_key,
        best.target_key,
        best.matched_by
    from best
    inner join flows on best.flow = flows.flow
    inner join present as sources on best.source_key = sources.record_key
    inner join present as targets on best.target_key = targets.record_key
    where best.rivals_of_source = 1 and best.rivals_of_target = 1

)

select * from new_links

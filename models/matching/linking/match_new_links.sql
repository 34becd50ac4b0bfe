-- One row per link that is found now: of all that brings records together
-- (match_found_pairs), what counts most for both of them, one-to-one over all flows. Of
-- two that count the same none is a link. What rests is linked with nothing.

with

found as (

    select * from {{ ref('match_found_pairs') }}

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

present as (

    select record_key from {{ ref('match_records') }}

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
    left join resting_records as resting_sources
        on
            best.flow = resting_sources.flow
            and best.source_key = resting_sources.record_key
    left join resting_records as resting_targets
        on
            best.flow = resting_targets.flow
            and best.target_key = resting_targets.record_key
    where
        best.rivals_of_source = 1
        and best.rivals_of_target = 1
        and resting_sources.flow is null
        and resting_targets.flow is null

)

select * from new_links

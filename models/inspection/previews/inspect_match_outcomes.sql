{{ config(materialized='view') }}

-- One row per flow, combination of link rules that is on, and pair of records that it
-- brings together without a link so far: it `links` them now, or it is `ambiguous`.
-- `is_only`: no other combination finds the pair. `candidate` counts those of a source.

with

link_rules as (

    select distinct flow, combination from {{ ref('link_rules') }}
    where is_enabled

),

pairs as (

    select * from {{ ref('match_pairs') }}

),

new_links as (

    select * from {{ ref('match_new_links') }}

),

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}
    where outcome = 'ambiguous'

),

brought_together as (

    select
        flow,
        source_key,
        target_key,
        matched_by,
        'links' as outcome
    from new_links

    union all

    select
        pairs.flow,
        pairs.source_key,
        pairs.target_key,
        pairs.matched_by,
        'ambiguous' as outcome
    from pairs
    inner join unlinked_sources
        on
            pairs.flow = unlinked_sources.flow
            and pairs.source_key = unlinked_sources.source_key

),

outcomes as (

    select
        link_rules.flow,
        link_rules.combination,
        brought_together.outcome,
        brought_together.source_key,
        brought_together.target_key,
        brought_together.matched_by = link_rules.combination as is_only,
        row_number() over (
            partition by
                link_rules.flow, link_rules.combination, brought_together.source_key
            order by brought_together.target_key
        ) as candidate
    from link_rules
    inner join brought_together
        on
            link_rules.flow = brought_together.flow
            and strpos(
                ', ' || brought_together.matched_by || ', ',
                ', ' || link_rules.combination || ', '
            ) > 0

)

select * from outcomes

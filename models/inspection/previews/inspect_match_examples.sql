{{ config(materialized='view') }}

-- One row per example of what a combination does: for each flow and combination the
-- first five of each outcome (`links`, `ambiguous`, `alone_source`, `alone_target`),
-- and of an ambiguous record at most three candidates. Who stands alone has nobody
-- beside it, and is an example of each combination of its flow.

with

link_rules as (

    select distinct flow, combination from {{ ref('link_rules') }}
    where is_enabled

),

flows as (

    select * from {{ ref('match_flows') }}

),

records as (

    select record_key, system_name, entity from {{ ref('match_records') }}

),

keys as (

    select * from {{ ref('match_keys') }}
    where side = 'source'

),

pairs as (

    select flow, target_key from {{ ref('match_pairs') }}

),

brought_together as (

    select * from {{ ref('inspect_match_outcomes') }}
    where candidate <= 3

),

links as (

    select * from {{ ref('match_links') }}

),

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}

),

-- A target that anybody would take, or whose candidate is ambiguous, is not alone.
alone_targets as (

    select flows.flow, records.record_key
    from flows
    inner join records
        on
            flows.target_system = records.system_name
            and flows.target_entity = records.entity
    left join links on records.record_key = links.target_key
    left join pairs
        on flows.flow = pairs.flow and records.record_key = pairs.target_key
    where links.flow is null and pairs.flow is null

),

outcomes as (

    select
        flow,
        combination,
        outcome,
        source_key as about_key,
        source_key,
        target_key
    from brought_together

    union all

    select
        link_rules.flow,
        link_rules.combination,
        'alone_source' as outcome,
        unlinked_sources.source_key as about_key,
        unlinked_sources.source_key,
        cast(null as varchar) as target_key
    from link_rules
    inner join unlinked_sources on link_rules.flow = unlinked_sources.flow
    where unlinked_sources.outcome <> 'ambiguous'

    union all

    select
        link_rules.flow,
        link_rules.combination,
        'alone_target' as outcome,
        alone_targets.record_key as about_key,
        cast(null as varchar) as source_key,
        alone_targets.record_key as target_key
    from link_rules
    inner join alone_targets on link_rules.flow = alone_targets.flow

),

placed as (

    select
        outcomes.*,
        dense_rank() over (
            partition by flow, combination, outcome order by about_key
        ) as place
    from outcomes

),

examples as (

    select
        placed.flow,
        placed.combination,
        placed.outcome,
        placed.place,
        placed.source_key,
        placed.target_key,
        keys.shown
    from placed
    left join keys
        on
            placed.flow = keys.flow
            and placed.combination = keys.combination
            and placed.source_key = keys.record_key
    where placed.place <= 5

)

select * from examples

{{ config(materialized='view') }}

-- One row per flow and combination of link rules that is on: how many records it looks
-- at, what it links now, and what stays ambiguous. A link that two combinations find
-- counts for both; `only_new_links` are found by this one.

with

link_rules as (

    select * from {{ ref('link_rules') }}
    where is_enabled

),

flows as (

    select * from {{ ref('match_flows') }}

),

records as (

    select * from {{ ref('match_records') }}

),

keys as (

    select * from {{ ref('match_keys') }}

),

outcomes as (

    select * from {{ ref('inspect_match_outcomes') }}

),

links as (

    select * from {{ ref('match_links') }}

),

rules as (

    select
        link_rules.flow,
        link_rules.combination,
        {{ sorted_text_list(
            "link_rules.source_property || ' = ' || link_rules.target_property",
            "' and '"
        ) }} as compares
    from link_rules
    group by link_rules.flow, link_rules.combination

),

-- A target is in one star only, whichever flow it came by.
sizes as (

    select
        records.system_name,
        records.entity,
        count(*) as records,
        sum(case when links.flow is null then 1 else 0 end) as in_no_star
    from records
    left join links on records.record_key = links.target_key
    group by records.system_name, records.entity

),

with_key as (

    select
        flow,
        combination,
        sum(case when side = 'source' then 1 else 0 end) as sources,
        sum(case when side = 'target' then 1 else 0 end) as targets
    from keys
    group by flow, combination

),

found as (

    select
        flow,
        combination,
        sum(case when outcome = 'links' then 1 else 0 end) as new_links,
        sum(case when outcome = 'links' and is_only then 1 else 0 end)
            as only_new_links,
        count(distinct case when outcome = 'ambiguous' then source_key end)
            as ambiguous
    from outcomes
    group by flow, combination

),

rules_in_numbers as (

    select
        rules.flow,
        rules.combination,
        rules.compares,
        flows.mode,
        flows.is_active,
        coalesce(sources.records, 0) as source_records,
        coalesce(with_key.sources, 0) as sources_with_key,
        coalesce(targets.records, 0) as target_records,
        coalesce(with_key.targets, 0) as targets_with_key,
        coalesce(found.new_links, 0) as new_links,
        coalesce(found.only_new_links, 0) as only_new_links,
        coalesce(found.ambiguous, 0) as ambiguous,
        coalesce(targets.in_no_star, 0) as alone_targets
    from rules
    inner join flows on rules.flow = flows.flow
    left join sizes as sources
        on
            flows.source_system = sources.system_name
            and flows.source_entity = sources.entity
    left join sizes as targets
        on
            flows.target_system = targets.system_name
            and flows.target_entity = targets.entity
    left join with_key
        on
            rules.flow = with_key.flow
            and rules.combination = with_key.combination
    left join found
        on rules.flow = found.flow and rules.combination = found.combination

)

select * from rules_in_numbers

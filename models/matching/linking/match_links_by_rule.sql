{{ config(materialized='view') }}

-- One row per link in force that nothing but rules has made, combination that did, and
-- property of it. A person who says `lenke link` has looked, and over a link that rests
-- nothing is passed on.

with

links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

link_rules as (

    select * from {{ ref('link_rules') }}
    where is_enabled

),

flows as (

    select * from {{ ref('flows') }}

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

said_by_person as (

    select flow, source_key, target_key from {{ ref('match_decisions') }}
    where kind = 'link'

),

resting_links as (

    select * from {{ ref('match_resting_links') }}

),

rules as (

    select
        link_rules.flow,
        link_rules.combination,
        link_rules.source_property as part,
        entity_properties.kind
    from link_rules
    inner join flows on link_rules.flow = flows.flow
    inner join entity_properties
        on
            flows.source_system = entity_properties.system_name
            and flows.source_entity = entity_properties.entity
            and link_rules.source_property = entity_properties.property

),

made_by_rules as (

    select
        links.flow,
        links.source_key,
        links.target_key,
        links.matched_by,
        links.established_at,
        rules.combination,
        rules.part,
        rules.kind
    from links
    inner join kept_links
        on
            links.flow = kept_links.flow
            and links.source_key = kept_links.source_key
            and links.target_key = kept_links.target_key
    inner join rules
        on
            links.flow = rules.flow
            and strpos(
                ', ' || links.matched_by || ', ', ', ' || rules.combination || ', '
            ) > 0
    left join said_by_person
        on
            links.flow = said_by_person.flow
            and links.source_key = said_by_person.source_key
            and links.target_key = said_by_person.target_key
    left join resting_links
        on
            links.flow = resting_links.flow
            and links.source_key = resting_links.source_key
            and links.target_key = resting_links.target_key
    where said_by_person.flow is null and resting_links.flow is null

)

select * from made_by_rules

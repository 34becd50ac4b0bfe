-- One row per touched member and reference that names a record: the source record that
-- it stands for, and the one that it stood for when it was last believed. A source
-- names another source record; a target names a target record, which is translated
-- through the links of the mapping's flow (also while that flow rests). No row: the id
-- translates to nothing.

with

natives as (

    select
        source_key,
        member_key,
        property,
        is_source,
        through_flow,
        {{ trimmed(json_text('shown_native', "'$'")) }} as referred_id,
        {{ trimmed(json_text('observed', "'$'")) }} as observed_id
    from {{ ref('merge_natives') }}
    where kind = 'reference' and shown_native is not null

),

flows as (

    select * from {{ ref('flows') }}

),

links as (

    select * from {{ ref('match_links') }}

),

ends as (

    select
        natives.*,
        case
            when natives.is_source then flows.source_system
            else flows.target_system
        end as named_system,
        case
            when natives.is_source then flows.source_entity
            else flows.target_entity
        end as named_entity
    from natives
    inner join flows on natives.through_flow = flows.flow

),

named as (

    select
        ends.*,
        {{ record_key('named_system', 'named_entity', 'referred_id') }} as named_key,
        {{ record_key('named_system', 'named_entity', 'observed_id') }}
            as observed_named_key
    from ends

),

translated as (

    select
        named.source_key,
        named.member_key,
        named.property,
        case when named.is_source then named.named_key else links.source_key end
            as referred_key,
        case
            when named.is_source then named.observed_named_key
            else observed_links.source_key
        end as observed_key
    from named
    left join links
        on
            named.through_flow = links.flow
            and named.named_key = links.target_key
            and not named.is_source
    left join links as observed_links
        on
            named.through_flow = observed_links.flow
            and named.observed_named_key = observed_links.target_key
            and not named.is_source

),

names_something as (

    select * from translated
    where referred_key is not null or observed_key is not null

)

select * from names_something

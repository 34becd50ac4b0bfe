-- One row per touched member and reference that names a record: the source record that
-- it stands for, and the one that it stood for when it was last believed. A source
-- names another source record; a target names a target record, which is translated
-- through the links of the mapping's flow (also while that flow rests). A GUID is the
-- same id in either case. No row: the id translates to nothing, or means none.

with

natives as (

    select
        source_key,
        member_key,
        property,
        is_source,
        through_flow,
        {{ reference_id('shown_native', 'reads_empty') }} as referred_id,
        {{ reference_id('observed', 'reads_empty') }} as observed_id
    from {{ ref('merge_natives') }}
    where kind = 'reference' and shown_native is not null

),

flows as (

    select * from {{ ref('flows') }}

),

links as (

    select
        flow,
        source_key,
        {{ same_id(record_id_of('source_key')) }} as source_id,
        {{ same_id(record_id_of('target_key')) }} as target_id
    from {{ ref('match_links') }}

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
        coalesce(
            links.source_key, case when named.is_source then named.named_key end
        ) as referred_key,
        coalesce(
            observed_links.source_key,
            case when named.is_source then named.observed_named_key end
        ) as observed_key
    from named
    left join links
        on
            named.through_flow = links.flow
            and named.referred_id
            = case
                when named.is_source then links.source_id else links.target_id
            end
    left join links as observed_links
        on
            named.through_flow = observed_links.flow
            and named.observed_id
            = case
                when named.is_source
                    then observed_links.source_id
                else observed_links.target_id
            end

),

names_something as (

    select * from translated
    where referred_key is not null or observed_key is not null

)

select * from names_something

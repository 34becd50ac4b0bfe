-- One row per touched member and reference that names a record: the source record that
-- it stands for. A source names another source record; a target names a target record,
-- which is translated through the links of the mapping's flow (also while that flow
-- rests). No row: the id translates to nothing.

with

natives as (

    select
        source_key,
        member_key,
        property,
        is_source,
        through_flow,
        {{ trimmed(json_text('shown_native', "'$'")) }} as referred_id
    from {{ ref('merge_natives') }}
    where kind = 'reference' and shown_native is not null

),

flows as (

    select * from {{ ref('flows') }}

),

links as (

    select * from {{ ref('match_links') }}

),

named as (

    select
        natives.source_key,
        natives.member_key,
        natives.property,
        natives.is_source,
        natives.through_flow,
        case
            when natives.is_source
                then
                    {{ record_key(
                        'flows.source_system', 'flows.source_entity',
                        'natives.referred_id'
                    ) }}
            else
                {{ record_key(
                    'flows.target_system', 'flows.target_entity', 'natives.referred_id'
                ) }}
        end as named_key
    from natives
    inner join flows on natives.through_flow = flows.flow
    where natives.referred_id is not null

),

translated as (

    select
        named.source_key,
        named.member_key,
        named.property,
        case
            when named.is_source then named.named_key else links.source_key
        end as referred_key
    from named
    left join links
        on
            named.through_flow = links.flow
            and named.named_key = links.target_key
            and not named.is_source
    where named.is_source or links.source_key is not null

)

select * from translated

{{ config(materialized="view") }}

-- One row per touched star, group, contestant and property: a value that it wants
-- everybody to have. A contestant is a member with edits, or `agreed`: the agreed value
-- that a member with edits has not seen yet. `wins_by`: the rule by which it wins
-- whatever the stamps say; `ask`: by none, until a person has `answered`; null: it goes
-- by the stamps.

with

edits as (

    select * from {{ ref('merge_contested_edits') }}
    where is_source or direction = 'both'

),

members as (

    select source_key, member_key, flow, seed_order from {{ ref('merge_members') }}

),

precedence as (

    select * from {{ ref('stg_seeds__precedence') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

unseen_agreed as (

    select
        source_key,
        property_group,
        property,
        'agreed' as contestant_key,
        agreed_before as new_value,
        agreed_won_at as edited_at,
        agreed_won_by,
        coalesce(agreed_won_by = source_key, false) as is_source
    from {{ ref('merge_unseen_agreed') }}

),

wishes as (

    select
        source_key,
        property_group,
        property,
        member_key as contestant_key,
        member_key as spoken_by,
        is_source,
        seed_order,
        new_value,
        current_value,
        stored_as,
        max_length,
        edited_at,
        clock_uncertainty_s
    from edits

    union all

    select
        unseen_agreed.source_key,
        unseen_agreed.property_group,
        unseen_agreed.property,
        unseen_agreed.contestant_key,
        unseen_agreed.agreed_won_by as spoken_by,
        unseen_agreed.is_source,
        coalesce(members.seed_order, 1000) as seed_order,
        unseen_agreed.new_value,
        unseen_agreed.new_value as current_value,
        'as_is' as stored_as,
        cast(null as integer) as max_length,
        unseen_agreed.edited_at,
        coalesce(entities.clock_uncertainty_s, 5) as clock_uncertainty_s
    from unseen_agreed
    left join members
        on
            unseen_agreed.source_key = members.source_key
            and unseen_agreed.agreed_won_by = members.member_key
    left join entities
        on
            split_part(unseen_agreed.agreed_won_by, ':', 1) = entities.system_name
            and split_part(unseen_agreed.agreed_won_by, ':', 2) = entities.entity

),

contestant_values as (

    select
        wishes.*,
        case
            when precedence.on_conflict = 'ask' and wishes.contestant_key like 'lenke:%'
                then 'answered'
            when precedence.on_conflict = 'ask' then 'ask'
            when precedence.on_conflict = 'source' and wishes.is_source
                then 'source_wins'
            when members.flow is not null then 'target_wins'
        end as wins_by
    from wishes
    left join precedence
        on
            split_part(wishes.source_key, ':', 1) = precedence.source_system
            and split_part(wishes.source_key, ':', 2) = precedence.source_entity
            and wishes.property = precedence.property
    left join members
        on
            wishes.source_key = members.source_key
            and wishes.spoken_by = members.member_key
            and precedence.flow = members.flow

)

select * from contestant_values

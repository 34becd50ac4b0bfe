{{ config(materialized="view") }}

-- One row per touched star and property whose losing value a person restores: an edit
-- of that person's, made at the moment of the decision. What is agreed already is none,
-- unless that is the answer to a question; an answer that has lapsed is none at all.

with

sights as (

    select * from {{ ref('merge_sights') }}

),

restores as (

    select * from {{ ref('merge_restores') }}
    where is_newest and is_member

),

asked as (

    select distinct source_key, property from {{ ref('merge_asked') }}

),

lapsed as (

    select source_key, property from {{ ref('merge_lapsed_answers') }}

),

star_properties as (

    select distinct
        source_key, property_group, property, has_agreed, agreed_before, agreed_won_by,
        agreed_won_at
    from sights

),

restored as (

    select
        star_properties.source_key,
        star_properties.property_group,
        star_properties.property,
        restores.restored_by as member_key,
        'lenke' as system_name,
        false as is_source,
        2000 as seed_order,
        'both' as direction,
        'as_is' as stored_as,
        cast(null as integer) as max_length,
        restores.restored_value as current_value,
        restores.restored_value as new_value,
        restores.restored_at as edited_at,
        0 as clock_uncertainty_s,
        false as was_waiting,
        star_properties.agreed_before,
        star_properties.agreed_won_by,
        star_properties.agreed_won_at
    from star_properties
    inner join restores
        on
            star_properties.source_key = restores.source_key
            and star_properties.property = restores.property
    left join asked
        on
            star_properties.source_key = asked.source_key
            and star_properties.property = asked.property
    left join lapsed
        on
            star_properties.source_key = lapsed.source_key
            and star_properties.property = lapsed.property
    where
        lapsed.source_key is null
        and (
            not star_properties.has_agreed
            or asked.source_key is not null
            or restores.restored_value is distinct from star_properties.agreed_before
        )

)

select * from restored

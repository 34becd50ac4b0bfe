{{ config(materialized="view") }}

-- One row per property of an entity and value that it has turned to in linked records:
-- how many have `turned`, and how many linked records `held` a value there.

with

turned as (

    select * from {{ ref('merge_turned_values') }}

),

members as (

    select source_key, member_key, flow, is_source, system_name, entity
    from {{ ref('merge_members') }}
    where is_available

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward')

),

observations as (

    select record_key, property, observed
    from {{ ref('stg_ledger__observations') }}

),

places as (

    select distinct
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.name,
        mapped_properties.property,
        mapped_properties.kind,
        mapped_properties.side,
        case
            when mapped_properties.side = 'target' then mapped_properties.flow
        end as flow
    from mapped_properties
    inner join turned
        on
            mapped_properties.system_name = turned.system_name
            and mapped_properties.entity = turned.entity
            and mapped_properties.name = turned.name

),

known as (

    select
        places.system_name,
        places.entity,
        places.name,
        places.kind,
        members.member_key,
        {{ canonical('observations.observed', 'places.kind') }} as observed_value
    from places
    inner join members
        on
            places.system_name = members.system_name
            and places.entity = members.entity
            and (places.side = 'source') = members.is_source
            and places.flow is not distinct from members.flow
    inner join observations
        on
            members.member_key = observations.record_key
            and places.property = observations.property

),

held as (

    select
        system_name,
        entity,
        name,
        count(distinct member_key) as records,
        count(distinct observed_value) as different_values
    from known
    where {{ unmasked('observed_value', 'kind') }} is not null
    group by system_name, entity, name

),

changes_of_sight as (

    select
        turned.system_name,
        turned.entity,
        turned.name,
        turned.shown_value,
        turned.records as turned,
        turned.unmoved,
        turned.is_told,
        held.records as held,
        held.different_values
    from turned
    inner join held
        on
            turned.system_name = held.system_name
            and turned.entity = held.entity
            and turned.name = held.name

)

select * from changes_of_sight

-- One row per touched star and property of which a person's answer counts no more: what
-- contests it (or another of its group) now is not what they were asked about. They are
-- asked anew.

with

asked as (

    select * from {{ ref('merge_asked') }}

),

questions as (

    select * from {{ ref('stg_ledger__questions') }}

),

precedence as (

    select * from {{ ref('stg_seeds__precedence') }}
    where on_conflict = 'ask'

),

sights as (

    select distinct source_key, property_group, property from {{ ref('merge_sights') }}

),

properties as (

    select sights.*
    from precedence
    inner join sights
        on
            precedence.property = sights.property
            and precedence.source_system = split_part(sights.source_key, ':', 1)
            and precedence.source_entity = split_part(sights.source_key, ':', 2)

),

known as (

    select questions.*, properties.property_group
    from questions
    inner join properties
        on
            questions.source_key = properties.source_key
            and questions.property = properties.property

),

differing as (

    select
        coalesce(asked.source_key, known.source_key) as source_key,
        coalesce(asked.property_group, known.property_group) as property_group
    from asked
    full join known
        on
            asked.source_key = known.source_key
            and asked.property = known.property
            and asked.member_key = known.member_key
            and (asked.asked_value is not distinct from known.asked_value)
    where asked.source_key is null or known.source_key is null

),

lapsed as (

    select distinct properties.source_key, properties.property
    from properties
    inner join differing
        on
            properties.source_key = differing.source_key
            and properties.property_group = differing.property_group

)

select * from lapsed

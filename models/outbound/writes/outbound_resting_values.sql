{{ config(materialized="view") }}

-- One row per linked record and property of which this run decides nothing: what was
-- agreed on before, as the system stores it. A source has a property once, however many
-- flows carry it, and belongs to none of them (`flow` is null).

with

links as (

    select flow, source_key, target_key from {{ ref('match_links') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward')

),

outcomes as (

    select source_key, member_key, property from {{ ref('merge_outcomes') }}

),

ledger_values as (

    select source_key, property, agreed_value
    from {{ ref('match_agreed_memories') }}

),

of_targets as (

    select
        links.flow,
        links.source_key,
        links.target_key as record_key,
        mapped_properties.name,
        mapped_properties.through_flow,
        mapped_properties.flow as spelt_by,
        mapped_properties.side
    from links
    inner join mapped_properties
        on links.flow = mapped_properties.flow and mapped_properties.side = 'target'

),

of_sources as (

    select
        cast(null as varchar) as flow,
        links.source_key,
        links.source_key as record_key,
        mapped_properties.name,
        min(mapped_properties.through_flow) as through_flow,
        min(mapped_properties.flow) as spelt_by,
        mapped_properties.side
    from links
    inner join mapped_properties
        on links.flow = mapped_properties.flow and mapped_properties.side = 'source'
    group by links.source_key, mapped_properties.name, mapped_properties.side

),

linked as (

    select * from of_targets
    union all
    select * from of_sources

),

resting_values as (

    select
        linked.flow,
        linked.source_key,
        linked.record_key,
        linked.side = 'source' as is_source,
        true as is_linked,
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.property,
        linked.name,
        mapped_properties.kind,
        mapped_properties.wire_type,
        mapped_properties.empty_as,
        linked.through_flow,
        ledger_values.agreed_value,
        {{ stored_as(
            'ledger_values.agreed_value', 'mapped_properties.stored_as',
            'mapped_properties.max_length'
        ) }} as value_to_store
    from linked
    inner join mapped_properties
        on
            linked.spelt_by = mapped_properties.flow
            and linked.side = mapped_properties.side
            and linked.name = mapped_properties.name
    left join ledger_values
        on
            linked.source_key = ledger_values.source_key
            and mapped_properties.property = ledger_values.property
    left join outcomes
        on
            linked.source_key = outcomes.source_key
            and linked.record_key = outcomes.member_key
            and mapped_properties.property = outcomes.property
    where outcomes.member_key is null

)

select * from resting_values

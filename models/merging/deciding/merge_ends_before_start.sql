-- One row per star, entity and group of which the agreed end would stand before its
-- start, each as that entity stores it. It would refuse the whole write, so the two are
-- held, and the rest goes.

with

of_target as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'target'

),

flows as (

    select flow, source_system, source_entity from {{ ref('match_flows') }}

),

agreed as (

    select source_key, property, agreed_value from {{ ref('merge_agreed') }}

),

pairs as (

    select distinct
        {{ record_key(
            'flows.source_system', 'flows.source_entity', "''"
        ) }} as keys_begin_with,
        of_end.system_name,
        of_end.entity,
        of_end.property_group,
        of_start.property as start_property,
        of_start.stored_as as start_stored_as,
        of_start.max_length as start_max_length,
        of_end.property as end_property,
        of_end.stored_as as end_stored_as,
        of_end.max_length as end_max_length
    from of_target as of_end
    inner join of_target as of_start
        on
            of_end.flow = of_start.flow
            and of_end.property_group = of_start.property_group
            and of_end.property <> of_start.property
    inner join flows on of_end.flow = flows.flow
    where of_end.accepts = 'not_before_start'

),

ends_before_start as (

    select distinct
        agreed_end.source_key,
        pairs.system_name,
        pairs.entity,
        pairs.property_group
    from pairs
    inner join agreed as agreed_end
        on
            pairs.end_property = agreed_end.property
            and starts_with(agreed_end.source_key, pairs.keys_begin_with)
    inner join agreed as agreed_start
        on
            pairs.start_property = agreed_start.property
            and agreed_end.source_key = agreed_start.source_key
    where
        {{ stored_as(
            'agreed_end.agreed_value', 'pairs.end_stored_as', 'pairs.end_max_length'
        ) }}
        < {{ stored_as(
            'agreed_start.agreed_value', 'pairs.start_stored_as',
            'pairs.start_max_length'
        ) }}

)

select * from ends_before_start

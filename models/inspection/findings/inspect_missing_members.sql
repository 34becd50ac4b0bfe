-- One row per system, entity and property that no record shows, though something goes
-- by it: a mapping, or a rule about records, which then can be told of nobody. (What a
-- contract leaves out where it is empty is not missing.)

with

missing_members as (

    select * from {{ ref('merge_missing_members') }}

),

record_rules as (

    select * from {{ ref('record_rules') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

omitted_members as (

    select * from {{ ref('omitted_members') }}

),

records as (

    select system_name, entity, record from {{ ref('stg_records') }}
    where is_listed and not is_deleted

),

ruled as (

    select distinct
        entity_properties.system_name,
        entity_properties.entity,
        entity_properties.property as name,
        entity_properties.json_path
    from record_rules
    inner join flows on record_rules.flow = flows.flow
    inner join entity_properties
        on
            record_rules.property = entity_properties.property
            and entity_properties.system_name = case
                when record_rules.side = 'source' then flows.source_system
                else flows.target_system
            end
            and entity_properties.entity = case
                when record_rules.side = 'source' then flows.source_entity
                else flows.target_entity
            end
    left join omitted_members
        on
            entity_properties.system_name = omitted_members.system_name
            and entity_properties.entity = omitted_members.entity
            and entity_properties.property = omitted_members.property
    where omitted_members.property is null

),

ruled_in_vain as (

    select
        ruled.system_name,
        ruled.entity,
        ruled.name,
        count(*) as records
    from ruled
    inner join records
        on
            ruled.system_name = records.system_name
            and ruled.entity = records.entity
    group by ruled.system_name, ruled.entity, ruled.name
    having count({{ json_value_told('records.record', 'ruled.json_path') }}) = 0

),

in_all as (

    select
        system_name,
        entity,
        name,
        records,
        true as is_mapped,
        false as is_ruled
    from missing_members

    union all

    select
        system_name,
        entity,
        name,
        records,
        false as is_mapped,
        true as is_ruled
    from ruled_in_vain

),

missing as (

    select
        system_name,
        entity,
        name,
        max(records) as records,
        bool_or(is_mapped) as is_mapped,
        bool_or(is_ruled) as is_ruled
    from in_all
    group by system_name, entity, name

)

select * from missing

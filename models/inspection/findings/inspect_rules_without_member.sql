-- One row per match rule whose target property no record of the installation has at
-- all: the rule can never fire (PowerOffice contact persons carry a national id only in
-- some installations).

with

link_rules as (

    select * from {{ ref('link_rules') }}
    where is_enabled

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

records as (

    select system_name, entity, record from {{ ref('stg_records') }}

),

targets as (

    select
        link_rules.flow,
        flows.target_system as system_name,
        flows.target_entity as entity,
        link_rules.target_property as property,
        entity_properties.json_path
    from link_rules
    inner join flows on link_rules.flow = flows.flow
    inner join entity_properties
        on
            flows.target_system = entity_properties.system_name
            and flows.target_entity = entity_properties.entity
            and link_rules.target_property = entity_properties.property

),

counted as (

    select
        targets.flow,
        targets.system_name,
        targets.entity,
        targets.property,
        count({{ json_value_told('records.record', 'targets.json_path') }})
            as with_member
    from targets
    inner join records
        on
            targets.system_name = records.system_name
            and targets.entity = records.entity
    group by targets.flow, targets.system_name, targets.entity, targets.property

),

without_member as (

    select * from counted where with_member = 0

)

select * from without_member

-- One row per flow and record that is there, in flows with rules about records: whether
-- it takes part (every rule of its side holds), and null when nobody can tell: a value
-- is not shown, or masked. Letters count alike in capitals, as in matching.

with

record_rules as (

    select * from {{ ref('record_rules') }}

),

flows as (

    select * from {{ ref('flows') }}

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

omitted_members as (

    select * from {{ ref('omitted_members') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

records as (

    select record_key, system_name, entity, record from {{ ref('stg_records') }}

),

placed as (

    select
        record_rules.flow,
        record_rules.property,
        record_rules.operator,
        record_rules.value as wanted,
        case
            when record_rules.side = 'source' then flows.source_system
            else flows.target_system
        end as system_name,
        case
            when record_rules.side = 'source' then flows.source_entity
            else flows.target_entity
        end as entity
    from record_rules
    inner join flows on record_rules.flow = flows.flow

),

natives as (

    select
        placed.flow,
        placed.operator,
        placed.wanted,
        entity_properties.kind,
        records.record_key,
        coalesce(
            {{ json_value_told('records.record', 'entity_properties.json_path') }},
            case when omitted_members.property is not null then 'null' end
        ) as native
    from placed
    inner join entity_properties
        on
            placed.system_name = entity_properties.system_name
            and placed.entity = entity_properties.entity
            and placed.property = entity_properties.property
    inner join records
        on
            placed.system_name = records.system_name
            and placed.entity = records.entity
    inner join present on records.record_key = present.record_key
    left join omitted_members
        on
            placed.system_name = omitted_members.system_name
            and placed.entity = omitted_members.entity
            and placed.property = omitted_members.property

),

in_our_spelling as {{ once() }} (

    select
        natives.*,
        list_transform(
            [native, {{ json_quoted('wanted') }}],
            lambda told: {{ canonical('told', 'kind') }}
        ) as told_and_wanted
    from natives

),

compared as (

    select
        flow,
        record_key,
        native is not null
        and (kind = 'lines' or {{ is_single_value('native') }})
        and not {{ is_mask('told_and_wanted[1]', 'kind') }} as is_known,
        {{ rule_holds(
            'told_and_wanted[1]', 'told_and_wanted[2]', 'operator', 'kind'
        ) }} as holds
    from in_our_spelling

),

ruled as (

    select
        flow,
        record_key,
        case
            when bool_or(is_known and not holds) then false
            when bool_and(is_known) then true
        end as takes_part
    from compared
    group by flow, record_key

)

select * from ruled

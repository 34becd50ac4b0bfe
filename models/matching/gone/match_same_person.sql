{{ config(materialized='view') }}

-- One row per flow, newcomer and former record that have one national id.

with

formers as (

    select * from {{ ref('match_formers') }}

),

newcomers as (

    select * from {{ ref('match_newcomers') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

national_ids as (

    select * from {{ ref('entity_properties') }}
    where kind = 'national_id'

),

people as (

    select flow, former_key as record_key from formers
    union
    select flow, record_key from newcomers

),

identified as (

    select
        people.flow,
        people.record_key,
        {{ json_text(
            json_value_told('records.record', 'national_ids.json_path'), "'$'"
        ) }} as national_id
    from people
    inner join flows on people.flow = flows.flow
    inner join records on people.record_key = records.record_key
    inner join national_ids
        on
            flows.source_system = national_ids.system_name
            and flows.source_entity = national_ids.entity

),

possible_ids as (

    select * from identified
    where {{ is_possible_national_id('national_id') }}

),

same_person as (

    select
        newcomers.flow,
        newcomers.record_key as source_key,
        formers.former_key,
        formers.target_key,
        formers.state,
        'It has the national id of ' as likeness
    from newcomers
    inner join possible_ids as own
        on newcomers.flow = own.flow and newcomers.record_key = own.record_key
    inner join possible_ids as theirs
        on own.flow = theirs.flow and own.national_id = theirs.national_id
    inner join formers
        on theirs.flow = formers.flow and theirs.record_key = formers.former_key

)

select * from same_person

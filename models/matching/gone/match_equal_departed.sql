-- One row per flow, newcomer and record of somebody who has left that are equal in
-- every mapped value: in at least two possible ones, or in one that identifies. Of who
-- has vanished match_equal_vanished knows more: what was observed.

with

formers as (

    select * from {{ ref('match_formers') }}

),

newcomers as (

    select * from {{ ref('match_newcomers') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'source' and direction in ('both', 'forward') and kind <> 'reference'

),

kinds as (

    select kind, identifies from {{ ref('kinds') }}

),

people as (

    select flow, former_key as record_key from formers
    union
    select flow, record_key from newcomers

),

in_our_spelling as {{ once() }} (

    select
        people.flow,
        people.record_key,
        mapped_properties.property,
        mapped_properties.kind,
        {{ canonical(
            json_value_told('records.record', 'mapped_properties.json_path'),
            'mapped_properties.kind'
        ) }} as canonical_value
    from people
    inner join records on people.record_key = records.record_key
    inner join mapped_properties on people.flow = mapped_properties.flow

),

comparable as {{ once() }} (

    select
        flow,
        record_key,
        property,
        kind,
        {{ common_spelling('canonical_value', 'kind') }} as compared_value,
        {{ is_possible('canonical_value', 'kind') }} as is_possible
    from in_our_spelling

),

whole_records as {{ once() }} (

    select
        comparable.flow,
        comparable.record_key,
        {{ sorted_text_list(
            "comparable.property || '=' || "
            ~ json_quoted('comparable.compared_value'), "'|'"
        ) }} as all_values
    from comparable
    inner join kinds on comparable.kind = kinds.kind
    group by comparable.flow, comparable.record_key
    having
        sum(case when comparable.is_possible then 1 else 0 end) >= 2
        or bool_or(comparable.is_possible and kinds.identifies)

),

equal_departed as (

    select
        newcomers.flow,
        newcomers.record_key as source_key,
        formers.former_key,
        formers.target_key,
        formers.state,
        'It equals ' as likeness
    from newcomers
    inner join whole_records as own
        on newcomers.flow = own.flow and newcomers.record_key = own.record_key
    inner join whole_records as theirs
        on own.flow = theirs.flow and own.all_values = theirs.all_values
    inner join formers
        on theirs.flow = formers.flow and theirs.record_key = formers.former_key
    where formers.state in ('departed', 'departed_unlinked')

)

select * from equal_departed

-- One row per flow, new source record and pair whose source may be the same one under
-- another key: they have one national id, and the former one has vanished or left; or
-- it has left and equals the new one in every mapped value. Of who has vanished without
-- a national id match_rekeyed knows more: what was observed.

with

departed_pairs as (

    select * from {{ ref('match_departed_pairs') }}

),

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where gone_key = source_key

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

present as (

    select record_key, system_name, entity from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

ledger_links as (

    select distinct flow, source_key from {{ ref('stg_ledger__links') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'source' and direction in ('both', 'forward') and kind <> 'reference'

),

national_ids as (

    select * from {{ ref('entity_properties') }}
    where kind = 'national_id'

),

kinds as (

    select kind, identifies from {{ ref('kinds') }}

),

formers as (

    select
        flow,
        source_key as former_key,
        target_key,
        case when is_linked then 'departed' else 'departed_unlinked' end as state
    from departed_pairs

    union all

    select
        lost_links.flow,
        lost_links.source_key as former_key,
        lost_links.target_key,
        lost_links.state
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    left join present on lost_links.source_key = present.record_key
    where present.record_key is null

),

flows_of_formers as (

    select distinct
        flows.flow,
        flows.source_system,
        flows.source_entity
    from formers
    inner join flows on formers.flow = flows.flow

),

newcomers as (

    select
        flows_of_formers.flow,
        present.record_key
    from flows_of_formers
    inner join present
        on
            flows_of_formers.source_system = present.system_name
            and flows_of_formers.source_entity = present.entity
    left join ledger_links
        on
            flows_of_formers.flow = ledger_links.flow
            and present.record_key = ledger_links.source_key
    where ledger_links.flow is null

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
            json_value('records.record', 'mapped_properties.json_path'),
            'mapped_properties.kind'
        ) }} as canonical_value
    from people
    inner join records on people.record_key = records.record_key
    inner join mapped_properties on people.flow = mapped_properties.flow

),

comparable as (

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

identified as (

    select
        people.flow,
        people.record_key,
        {{ json_text('records.record', 'national_ids.json_path') }} as national_id
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

),

all_the_same as (

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

),

back_again as (

    select * from same_person

    union all

    select all_the_same.*
    from all_the_same
    left join same_person
        on
            all_the_same.flow = same_person.flow
            and all_the_same.source_key = same_person.source_key
    where same_person.flow is null

)

select * from back_again

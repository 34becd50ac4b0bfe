-- One row per flow, newcomer and record that has just vanished that are equal in every
-- mapped value that was observed: in at least two possible ones, or in one that
-- identifies. A fingerprint of all these values brings them together, so that many new
-- records beside many that vanished cost no more than there are of both.

with

vanished as (

    select * from {{ ref('match_formers') }}
    where state not in ('departed', 'departed_unlinked')

),

newcomers as (

    select * from {{ ref('match_newcomers') }}

),

lost_values as (

    select * from {{ ref('match_lost_values') }}
    where is_source and kind <> 'reference'

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

limits as (

    select {{ limit_named('rekeyed_days') }} as most_days
    from {{ ref('limits') }}

),

kinds as (

    select kind, identifies from {{ ref('kinds') }}

),

held as (

    select
        vanished.flow,
        vanished.former_key,
        vanished.target_key,
        vanished.state,
        vanished.ended_at,
        lost_values.property,
        lost_values.json_path,
        lost_values.kind,
        kinds.identifies,
        {{ is_possible('lost_values.observed_value', 'lost_values.kind') }}
            as is_possible,
        {{ common_spelling('lost_values.observed_value', 'lost_values.kind') }}
            as spelling
    from vanished
    inner join lost_values
        on
            vanished.flow = lost_values.flow
            and vanished.former_key = lost_values.source_key
            and vanished.target_key = lost_values.target_key
    inner join kinds on lost_values.kind = kinds.kind

),

formers as (

    select
        flow,
        former_key,
        target_key,
        state,
        ended_at,
        {{ sorted_text_list('property', "' '") }} as properties,
        {{ text_digest(sorted_text_list(
            "property || ' ' || " ~ json_quoted('spelling'), "' '"
        )) }} as fingerprint
    from held
    group by flow, former_key, target_key, state, ended_at
    having
        count(case when is_possible then 1 end) >= 2
        or bool_or(is_possible and identifies)

),

asked as (

    select distinct
        formers.flow,
        formers.properties,
        held.property,
        held.json_path,
        held.kind
    from formers
    inner join held
        on
            formers.flow = held.flow
            and formers.former_key = held.former_key
            and formers.target_key = held.target_key

),

told as {{ once() }} (

    select
        newcomers.flow,
        newcomers.record_key as source_key,
        newcomers.loaded_at,
        asked.properties,
        asked.property,
        asked.kind,
        {{ canonical(
            json_value_told('records.record', 'asked.json_path'), 'asked.kind'
        ) }} as current_value
    from newcomers
    inner join asked on newcomers.flow = asked.flow
    inner join records on newcomers.record_key = records.record_key

),

arrived as (

    select
        flow,
        source_key,
        loaded_at,
        properties,
        {{ text_digest(sorted_text_list(
            "property || ' ' || "
            ~ json_quoted(common_spelling('current_value', 'kind')), "' '"
        )) }} as fingerprint
    from told
    group by flow, source_key, loaded_at, properties

),

equal_vanished as (

    select
        formers.flow,
        arrived.source_key,
        formers.former_key,
        formers.target_key,
        formers.state,
        'It equals ' as likeness
    from formers
    inner join arrived
        on
            formers.flow = arrived.flow
            and formers.properties = arrived.properties
            and formers.fingerprint = arrived.fingerprint
    cross join limits
    where
        formers.state <> 'ended'
        or {{ seconds_between('formers.ended_at', 'arrived.loaded_at') }}
        <= 86400 * limits.most_days

)

select * from equal_vanished

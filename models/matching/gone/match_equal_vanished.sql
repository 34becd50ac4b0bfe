-- One row per flow, newcomer and record that has just vanished that are equal in every
-- mapped value that was observed: in at least two possible ones, or in one that
-- identifies.

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

told as (

    select
        newcomers.flow,
        newcomers.record_key as source_key,
        vanished.former_key,
        vanished.target_key,
        vanished.state,
        lost_values.kind,
        lost_values.observed_value,
        {{ canonical(
            json_value_told('records.record', 'lost_values.json_path'),
            'lost_values.kind'
        ) }} as current_value
    from newcomers
    inner join records on newcomers.record_key = records.record_key
    inner join vanished on newcomers.flow = vanished.flow
    cross join limits
    inner join lost_values
        on
            vanished.flow = lost_values.flow
            and vanished.former_key = lost_values.source_key
            and vanished.target_key = lost_values.target_key
    where
        vanished.state <> 'ended'
        or {{ seconds_between('vanished.ended_at', 'newcomers.loaded_at') }}
        <= 86400 * limits.most_days

),

compared as (

    select
        told.*,
        kinds.identifies,
        {{ is_possible('told.observed_value', 'told.kind') }} as is_possible,
        {{ common_spelling('told.observed_value', 'told.kind') }} as observed_spelling,
        {{ common_spelling('told.current_value', 'told.kind') }} as current_spelling
    from told
    inner join kinds on told.kind = kinds.kind

),

equal_vanished as (

    select
        flow,
        source_key,
        former_key,
        target_key,
        state,
        'It equals ' as likeness
    from compared
    group by flow, source_key, former_key, target_key, state
    having
        bool_and(current_spelling is not distinct from observed_spelling)
        and (
            count(case when is_possible then 1 end) >= 2
            or bool_or(is_possible and identifies)
        )

)

select * from equal_vanished

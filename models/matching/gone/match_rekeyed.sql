-- One row per flow and new source record that equals one that has just vanished, in
-- every mapped value and in at least two of them, or in one that identifies; or that is
-- somebody who has left (match_back_again). It is probably the same thing under a new
-- key, so no second target is made for it.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where gone_key = source_key

),

lost_values as (

    select * from {{ ref('match_lost_values') }}
    where is_source and kind <> 'reference'

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

present as (

    select * from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

ledger_links as (

    select distinct flow, source_key from {{ ref('stg_ledger__links') }}

),

back_again as (

    select * from {{ ref('match_back_again') }}

),

limits as (

    select {{ limit_named('rekeyed_days') }} as most_days
    from {{ ref('limits') }}

),

vanished as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        lost_links.state,
        lost_links.ended_at,
        flows.source_system,
        flows.source_entity
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    left join present on lost_links.source_key = present.record_key
    where present.record_key is null

),

flows_of_vanished as (

    select distinct flow, source_system, source_entity from vanished

),

newcomers as (

    select
        flows_of_vanished.flow,
        present.record_key as source_key,
        present.loaded_at,
        records.record
    from flows_of_vanished
    inner join present
        on
            flows_of_vanished.source_system = present.system_name
            and flows_of_vanished.source_entity = present.entity
    inner join records on present.record_key = records.record_key
    left join ledger_links
        on
            flows_of_vanished.flow = ledger_links.flow
            and present.record_key = ledger_links.source_key
    where ledger_links.flow is null

),

kinds as (

    select kind, identifies from {{ ref('kinds') }}

),

told as (

    select
        newcomers.flow,
        newcomers.source_key,
        vanished.source_key as vanished_key,
        vanished.target_key,
        vanished.state,
        lost_values.kind,
        lost_values.observed_value,
        {{ canonical(
            json_value('newcomers.record', 'lost_values.json_path'),
            'lost_values.kind'
        ) }} as current_value
    from newcomers
    inner join vanished on newcomers.flow = vanished.flow
    cross join limits
    inner join lost_values
        on
            vanished.flow = lost_values.flow
            and vanished.source_key = lost_values.source_key
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
        {{ common_spelling('told.current_value', 'told.kind') }}
        is not distinct from {{ common_spelling('told.observed_value', 'told.kind') }}
            as is_equal
    from told
    inner join kinds on told.kind = kinds.kind

),

equal_pairs as (

    select flow, source_key, vanished_key, target_key, state
    from compared
    group by flow, source_key, vanished_key, target_key, state
    having
        bool_and(is_equal)
        and (
            count(case when is_possible then 1 end) >= 2
            or bool_or(is_possible and identifies)
        )

),

found as (

    select
        flow,
        source_key,
        vanished_key,
        target_key,
        state,
        'It equals ' as likeness,
        1 as precedence
    from equal_pairs

    union all

    select
        flow,
        source_key,
        former_key as vanished_key,
        target_key,
        state,
        likeness,
        0 as precedence
    from back_again

),

ranked as (

    select
        found.*,
        row_number() over (
            partition by flow, source_key order by precedence, target_key, vanished_key
        ) as likeliest_first
    from found

),

rekeyed as (

    select flow, source_key, vanished_key, target_key, state, likeness
    from ranked
    where likeliest_first = 1

)

select * from rekeyed

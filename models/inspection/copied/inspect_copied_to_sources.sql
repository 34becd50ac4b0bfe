{{ config(materialized='view') }}

-- One row per pair that is or was linked and property of the star whose value came from
-- its target: what the star had agreed on before (at a first meeting, what another of
-- its members lost then), and what it took. A view: `lenke unlink` asks of one pair.

with

links as (

    select * from {{ ref('inspect_parted_pairs') }}

),

value_history as (

    select * from {{ ref('stg_ledger__value_history') }}

),

agreed_values as (

    select * from {{ ref('stg_ledger__agreed_values') }}

),

conflicts as (

    select
        source_key,
        property,
        winning_key,
        {{ oldest('losing_value', 'noted_at') }} as losing_value
    from {{ ref('stg_ledger__conflicts') }}
    where rule = 'first_meeting' and losing_key <> winning_key
    group by source_key, property, winning_key

),

changes as (

    select
        links.flow,
        links.source_key,
        links.target_key,
        value_history.property,
        value_history.agreed_value,
        value_history.agreed_at,
        coalesce(value_history.won_by = links.target_key, false) as is_of_target,
        max(
            case
                when value_history.won_by = links.target_key
                    then value_history.agreed_at
            end
        ) over (
            partition by
                links.flow, links.source_key, links.target_key, value_history.property
        ) as last_word_at
    from links
    inner join value_history on links.source_key = value_history.source_key

),

with_before as (

    select
        changes.*,
        max(
            case when not is_of_target and agreed_at < last_word_at then agreed_at end
        ) over (partition by flow, source_key, target_key, property) as before_at
    from changes
    where last_word_at is not null

),

streaks as (

    select
        flow,
        source_key,
        target_key,
        property,
        max(before_at) is not null as was_agreed,
        max(case when not is_of_target and agreed_at = before_at then agreed_value end)
            as agreed_before,
        max(case when is_of_target and agreed_at = last_word_at then agreed_value end)
            as taken_value,
        min(
            case
                when is_of_target and coalesce(agreed_at > before_at, true)
                    then agreed_at
            end
        ) as since
    from with_before
    group by flow, source_key, target_key, property

),

taken as (

    select
        streaks.*,
        case
            when streaks.was_agreed then streaks.agreed_before
            else conflicts.losing_value
        end as value_before,
        agreed_values.agreed_value as agreed_now,
        agreed_values.won_by
    from streaks
    left join conflicts
        on
            streaks.source_key = conflicts.source_key
            and streaks.property = conflicts.property
            and streaks.target_key = conflicts.winning_key
    left join agreed_values
        on
            streaks.source_key = agreed_values.source_key
            and streaks.property = agreed_values.property

)

select * from taken

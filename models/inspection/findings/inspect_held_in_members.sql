{{ config(materialized='view') }}

-- One row per record and property that can't be passed on there, that answered our
-- write with something that we can't explain, or that is not shown any more.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

held_in_members as (

    select
        member_key as record_key,
        name as property,
        held_because,
        case
            when held_because = 'unknown_reference' then native
            when held_because in ('ping_pong', 'needs_decision')
                then
                    'it holds ' || coalesce(current_value, 'empty') || ', agreed is '
                    || coalesce(agreed_value, 'empty') || coalesce(
                        ' from ' || won_by, ''
                    )
            else coalesce(agreed_value, 'empty') || coalesce(', from ' || won_by, '')
        end as details
    from outcomes
    where outcome = 'held'

),

unexplained_answers as (

    select
        member_key as record_key,
        name as property,
        'unexplained_answer' as held_because,
        'we wrote ' || coalesce(delivered, 'empty') || ', it holds '
        || coalesce(current_value, 'empty') as details
    from outcomes
    where outcome = 'as_stored'

),

not_shown as (

    select
        member_key as record_key,
        name as property,
        'not_shown' as held_because,
        'it held ' || coalesce(observed_value, observed, 'empty') || ', agreed is '
        || coalesce(agreed_value, 'empty') as details
    from outcomes
    where sight = 'not_shown'

),

held as (

    select * from held_in_members
    union all
    select * from unexplained_answers
    union all
    select * from not_shown

)

select * from held

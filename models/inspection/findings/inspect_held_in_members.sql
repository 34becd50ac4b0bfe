{{ config(materialized='view') }}

-- One row per record and property that can't be passed on there, that answered our
-- write with something that we can't explain, or that is not shown any more.

with

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

flows as (

    select flow, target_system, target_entity from {{ ref('flows') }}

),

-- That it names a record which the rules about records leave out is no trouble.
names_who_is_left_out as (

    select
        outcomes.member_key,
        outcomes.property
    from {{ ref('match_excluded_records') }} as excluded
    inner join flows on excluded.flow = flows.flow
    inner join outcomes
        on
            excluded.flow = outcomes.through_flow
            and excluded.record_key = {{ record_key(
                'flows.target_system', 'flows.target_entity',
                reference_id('outcomes.native', 'null')
            ) }}
    where outcomes.held_because = 'unknown_reference'

),

held_in_members as (

    select
        outcomes.member_key as record_key,
        outcomes.name as property,
        outcomes.held_because,
        case
            when outcomes.held_because = 'unknown_reference' then outcomes.native
            when outcomes.sight = 'unmapped'
                then
                    {{ map_row(
                        'outcomes.flow', 'outcomes.property', 'null',
                        'outcomes.current_value'
                    ) }}
            when outcomes.held_because = 'unmapped'
                then
                    {{ map_row(
                        'outcomes.flow', 'outcomes.property', 'outcomes.agreed_value',
                        'null'
                    ) }}
            when outcomes.held_because in ('ping_pong', 'needs_decision')
                then
                    'it holds ' || coalesce(outcomes.current_value, 'empty')
                    || ', agreed is ' || coalesce(outcomes.agreed_value, 'empty')
                    || coalesce(' from ' || outcomes.won_by, '')
            else
                coalesce(outcomes.agreed_value, 'empty')
                || coalesce(', from ' || outcomes.won_by, '')
        end as details,
        cast(null as varchar) as told_apart_by
    from outcomes
    left join names_who_is_left_out
        on
            outcomes.member_key = names_who_is_left_out.member_key
            and outcomes.property = names_who_is_left_out.property
    where outcomes.outcome = 'held' and names_who_is_left_out.member_key is null

),

unexplained_answers as (

    select
        member_key as record_key,
        name as property,
        'unexplained_answer' as held_because,
        'we wrote ' || coalesce(delivered, 'empty') || ', it holds '
        || coalesce(current_value, 'empty') as details,
        cast(null as varchar) as told_apart_by
    from outcomes
    where outcome = 'as_stored'

),

not_shown as (

    select
        member_key as record_key,
        name as property,
        'not_shown' as held_because,
        'it held ' || coalesce(observed_value, observed, 'empty') || ', agreed is '
        || coalesce(agreed_value, 'empty') as details,
        cast(null as varchar) as told_apart_by
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

-- One row per touched star and property: the value that everybody should have now, what
-- it was, and how it was chosen. What the winner holds as a cut copy of what another
-- has typed is agreed on whole. At the first meeting of a property the source's value
-- counts if it has one, else that of the first flow in seed order; a value that was
-- agreed before stays, also an empty one.

with

member_values as (

    select * from {{ ref('merge_values') }}

),

edits as (

    select * from {{ ref('merge_decided_edits') }}

),

winners as (

    select * from {{ ref('merge_winners') }}

),

star_properties as (

    select
        source_key,
        property,
        max(property_group) as property_group,
        bool_or(has_agreed) as had_agreed,
        max(agreed_before) as agreed_before,
        max(agreed_won_by) as agreed_won_by,
        max(agreed_won_at) as agreed_won_at,
        bool_or(
            is_source
            and is_available
            and not coalesce(is_hidden and not is_unshown, false)
        ) as source_is_heard,
        bool_or(is_source and is_known) as source_is_known
    from member_values
    group by source_key, property

),

first_values as (

    select
        source_key,
        property,
        member_key,
        coalesce(
            stood_for,
            {{ with_agreed_time_of_day(
                'current_value', 'stored_as', 'star_kind', 'agreed_before'
            ) }}
        ) as first_value,
        case
            when stamp_is_ours then null
            when stamp_is_ahead then loaded_at
            else change_stamp
        end as stamp,
        row_number() over (
            partition by source_key, property order by is_source desc, seed_order asc
        ) as place
    from member_values
    where
        not has_agreed
        and is_known
        and not holds_unknown_reference
        and current_value is not null
        and (is_source or direction = 'both')

),

first_meetings as (

    select * from first_values where place = 1

),

winning_edits as (

    select
        winners.source_key,
        edits.property,
        edits.member_key,
        edits.new_value,
        edits.current_value,
        edits.stored_as,
        edits.max_length,
        winners.edited_at,
        winners.rule
    from winners
    inner join edits
        on
            winners.source_key = edits.source_key
            and winners.property_group = edits.property_group
            and winners.winner_key = edits.member_key

),

-- Whoever wins a group may hold a cut copy of one value in it: the whole counts.
wholes as (

    select
        winning_edits.source_key,
        winning_edits.property,
        edits.new_value as whole_value,
        row_number() over (
            partition by winning_edits.source_key, winning_edits.property
            order by
                edits.edited_at desc nulls last,
                edits.seed_order asc,
                edits.member_key asc
        ) as place
    from winning_edits
    inner join edits
        on
            winning_edits.source_key = edits.source_key
            and winning_edits.property = edits.property
            and winning_edits.member_key <> edits.member_key
    where
        (edits.is_source or edits.direction = 'both')
        and winning_edits.current_value = {{ stored_as(
            'edits.new_value', 'winning_edits.stored_as', 'winning_edits.max_length'
        ) }}

),

fullest as (

    select source_key, property, whole_value from wholes
    where place = 1

),

decided as (

    select
        star_properties.source_key,
        star_properties.property,
        star_properties.had_agreed,
        star_properties.agreed_before,
        case
            when winning_edits.member_key is not null
                then coalesce(fullest.whole_value, winning_edits.new_value)
            when star_properties.had_agreed then star_properties.agreed_before
            else first_meetings.first_value
        end as agreed_value,
        case
            when winning_edits.member_key is not null then winning_edits.member_key
            when star_properties.had_agreed then star_properties.agreed_won_by
            else first_meetings.member_key
        end as won_by,
        case
            when winning_edits.member_key is not null then winning_edits.edited_at
            when star_properties.had_agreed then star_properties.agreed_won_at
            else first_meetings.stamp
        end as won_at,
        case
            when winning_edits.member_key is not null then winning_edits.rule
            when star_properties.had_agreed then 'stays'
            else 'first_meeting'
        end as rule
    from star_properties
    left join winning_edits
        on
            star_properties.source_key = winning_edits.source_key
            and star_properties.property = winning_edits.property
    left join fullest
        on
            star_properties.source_key = fullest.source_key
            and star_properties.property = fullest.property
    left join first_meetings
        on
            star_properties.source_key = first_meetings.source_key
            and star_properties.property = first_meetings.property
    -- While the source has not been heard, nothing is agreed for the first time.
    where
        star_properties.had_agreed
        or star_properties.source_is_known
        or (star_properties.source_is_heard and first_meetings.member_key is not null)

)

select * from decided

-- One row per touched star and property: the value that everybody should have now, what
-- it was, and how it was chosen. The winner's edit counts (merge_winning_edits). At the
-- first meeting of a property the source's value counts if it has one, else that of the
-- first flow in seed order; a value that was agreed before stays, also an empty one,
-- and while a person is asked (`ask`).

with

sights as (

    select * from {{ ref('merge_sights') }}

),

winning_edits as (

    select * from {{ ref('merge_winning_edits') }}

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
        bool_or(is_source and sight not in ('absent', 'resting', 'masked'))
            as source_is_heard,
        bool_or(is_source and native is not null) as source_is_known
    from sights
    group by source_key, property

),

first_values as (

    select
        source_key,
        property,
        member_key,
        value_for_star as first_value,
        edited_at,
        row_number() over (
            partition by source_key, property order by is_source desc, seed_order asc
        ) as place
    from sights
    where
        not has_agreed
        and value_for_star is not null
        and (is_source or direction = 'both')

),

first_meetings as (

    select * from first_values where place = 1

),

decided as (

    select
        star_properties.source_key,
        star_properties.property,
        star_properties.had_agreed,
        star_properties.agreed_before,
        case
            when winning_edits.member_key is not null
                then winning_edits.whole_value
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
            else first_meetings.edited_at
        end as won_at,
        case
            when winning_edits.rule is not null then winning_edits.rule
            when star_properties.had_agreed then 'stays'
            else 'first_meeting'
        end as rule
    from star_properties
    left join winning_edits
        on
            star_properties.source_key = winning_edits.source_key
            and star_properties.property = winning_edits.property
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

-- One row per edit, with the group in which it is decided: its group, or the property
-- alone where both values of a group were edited, a seed row says when they may merge
-- singly, and what comes of it is so: the start is not after the end. Empty is before
-- and after everything. Where nobody has won one of them yet, they are asked about
-- together. Values are compared as the star has them, with the time of
-- day: whoever holds dates only takes all that the others take.

with

edits as (

    select * from {{ ref('merge_edits') }}

),

winners as (

    select source_key, property_group, winner_key from {{ ref('merge_winners') }}

),

property_groups as (

    select * from {{ ref('property_groups') }}
    where merges_singly_when = 'first_not_after_second'

),

-- What each property would become, decided alone.
alone as (

    select
        edits.source_key,
        edits.property_group,
        edits.property,
        max(
            case
                when winners.winner_key = edits.member_key then edits.new_value
                when winners.winner_key = 'agreed' then edits.agreed_before
            end
        ) as new_value,
        bool_or(winners.winner_key = 'nobody') as is_undecided
    from edits
    inner join winners
        on
            edits.source_key = winners.source_key
            and edits.property = winners.property_group
    group by edits.source_key, edits.property_group, edits.property

),

merging_singly as (

    select
        first_one.source_key,
        first_one.property_group
    from property_groups
    inner join alone as first_one
        on
            property_groups.property_group = first_one.property_group
            and property_groups.first_property = first_one.property
    inner join alone as second_one
        on
            first_one.source_key = second_one.source_key
            and first_one.property_group = second_one.property_group
            and property_groups.second_property = second_one.property
    where
        coalesce(first_one.new_value <= second_one.new_value, true)
        and not first_one.is_undecided
        and not second_one.is_undecided

),

decided as (

    select
        edits.source_key,
        case
            when merging_singly.source_key is not null then edits.property
            else edits.property_group
        end as property_group,
        edits.property,
        edits.member_key,
        edits.system_name,
        edits.is_source,
        edits.seed_order,
        edits.direction,
        edits.stored_as,
        edits.max_length,
        edits.current_value,
        edits.new_value,
        edits.edited_at
    from edits
    left join merging_singly
        on
            edits.source_key = merging_singly.source_key
            and edits.property_group = merging_singly.property_group

)

select * from decided

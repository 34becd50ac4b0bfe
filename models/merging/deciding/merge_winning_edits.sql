{{ config(materialized="view") }}

-- One row per touched star and property that an edit of the winner has decided: the
-- value that won; or that nobody has won yet, because a person is asked (`ask`). What
-- the winner holds as a cut copy of what another has typed counts whole: whoever wins a
-- group may hold a cut copy of one value in it.

with

edits as (

    select * from {{ ref('merge_decided_edits') }}

),

winners as (

    select * from {{ ref('merge_winners') }}

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

undecided as (

    select distinct
        winners.source_key,
        edits.property,
        winners.rule
    from winners
    inner join edits
        on
            winners.source_key = edits.source_key
            and winners.property_group = edits.property_group
            and (edits.is_source or edits.direction = 'both')
    where winners.winner_key = 'nobody'

),

with_wholes as (

    select
        winning_edits.source_key,
        winning_edits.property,
        winning_edits.member_key,
        coalesce(fullest.whole_value, winning_edits.new_value) as whole_value,
        winning_edits.edited_at,
        winning_edits.rule
    from winning_edits
    left join fullest
        on
            winning_edits.source_key = fullest.source_key
            and winning_edits.property = fullest.property

    union all

    select
        source_key,
        property,
        cast(null as varchar) as member_key,
        cast(null as varchar) as whole_value,
        cast(null as timestamp) as edited_at,
        rule
    from undecided

)

select * from with_wholes

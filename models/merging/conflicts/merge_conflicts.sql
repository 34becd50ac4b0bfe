-- One row per losing value of this run: an edit that another beat, an agreed value that
-- somebody had not seen yet and that was beaten, a value that was put back because the
-- property goes one way, a value that a first meeting replaced, a system's unexplained
-- answer that is overwritten, an edit that is held because the value goes to and fro,
-- one that the end of a link leaves behind, or what a person is asked about.

with

edits as (

    select * from {{ ref('merge_decided_edits') }}

),

-- How each property was decided: with its group, or alone.
decided_units as (

    select distinct source_key, property_group, property from edits

),

unseen_agreed as (

    select unseen.*
    from {{ ref('merge_unseen_agreed') }} as unseen
    inner join decided_units
        on
            unseen.source_key = decided_units.source_key
            and unseen.property_group = decided_units.property_group
            and unseen.property = decided_units.property

),

winners as (

    select * from {{ ref('merge_winners') }}

),

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

held_in_a_loop as (

    select * from {{ ref('merge_loop_conflicts') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}

),

questions as (

    select * from {{ ref('merge_question_conflicts') }}

),

left_behind as (

    select * from {{ ref('merge_lost_link_conflicts') }}

),

beaten as (

    select
        edits.source_key,
        edits.property,
        edits.system_name as losing_system,
        edits.member_key as losing_key,
        edits.new_value as losing_value,
        coalesce(winners.rule, 'one_way') as rule,
        case when winners.rule = 'answered' then 'acknowledged' else 'open' end
            as status
    from edits
    left join winners
        on
            edits.source_key = winners.source_key
            and edits.property_group = winners.property_group
            and (edits.is_source or edits.direction = 'both')
    where
        winners.source_key is null
        or (winners.winner_key not in (edits.member_key, 'nobody'))

),

-- It was an edit once, and never got everywhere. (Whoever it came from may have typed
-- something newer, which then is what has lost.)
beaten_before_seen as (

    select
        unseen_agreed.source_key,
        unseen_agreed.property,
        split_part(
            coalesce(unseen_agreed.agreed_won_by, unseen_agreed.source_key), ':', 1
        ) as losing_system,
        coalesce(
            unseen_agreed.agreed_won_by, unseen_agreed.source_key
        ) as losing_key,
        unseen_agreed.agreed_before as losing_value,
        winners.rule,
        case when winners.rule = 'answered' then 'acknowledged' else 'open' end
            as status
    from unseen_agreed
    inner join winners
        on
            unseen_agreed.source_key = winners.source_key
            and unseen_agreed.property_group = winners.property_group
    inner join agreed
        on
            unseen_agreed.source_key = agreed.source_key
            and unseen_agreed.property = agreed.property
    left join edits
        on
            unseen_agreed.source_key = edits.source_key
            and unseen_agreed.property = edits.property
            and coalesce(unseen_agreed.agreed_won_by, unseen_agreed.source_key)
            = edits.member_key
    where
        edits.member_key is null
        and agreed.agreed_value is distinct from unseen_agreed.agreed_before

),

replaced_at_first_meeting as (

    select
        source_key,
        property,
        system_name as losing_system,
        member_key as losing_key,
        held_value as losing_value,
        'first_meeting' as rule,
        'noted' as status
    from outcomes
    where
        outcome in ('update', 'held')
        and not has_observation
        and held_value is not null

),

overwritten_answers as (

    select
        source_key,
        property,
        system_name as losing_system,
        member_key as losing_key,
        coalesce(held_value, current_value) as losing_value,
        'unexplained_answer' as rule,
        'open' as status
    from outcomes
    where outcome = 'update' and beside_delivered = 'unexplained'

),

unedited as (

    select * from replaced_at_first_meeting
    union all
    select * from overwritten_answers

),

edited as (

    select * from beaten
    union all
    select * from beaten_before_seen
    union all
    select * from held_in_a_loop

),

losing as (

    select * from edited

    union all

    select unedited.*
    from unedited
    left join edited
        on
            unedited.source_key = edited.source_key
            and unedited.property = edited.property
            and unedited.losing_key = edited.losing_key
    where edited.losing_key is null

),

lost as (

    select
        losing.source_key,
        losing.property,
        split_part(agreed.won_by, ':', 1) as winning_system,
        agreed.won_by as winning_key,
        agreed.agreed_value as winning_value,
        losing.losing_system,
        losing.losing_key,
        losing.losing_value,
        losing.rule,
        losing.status
    from losing
    inner join agreed
        on
            losing.source_key = agreed.source_key
            and losing.property = agreed.property
    -- A member that made the very edit that won, or a cut copy of it, has lost nothing.
    left join outcomes
        on
            losing.source_key = outcomes.source_key
            and losing.property = outcomes.property
            and losing.losing_key = outcomes.member_key
    where
        outcomes.outcome is distinct from 'in_step'
        and losing.losing_value is distinct from agreed.agreed_value

),

conflicts as (

    select * from lost

    union all

    select left_behind.*
    from left_behind
    left join lost
        on
            left_behind.source_key = lost.source_key
            and left_behind.property = lost.property
            and left_behind.losing_key = lost.losing_key
    where lost.source_key is null

    union all

    select * from questions

)

select * from conflicts

-- One row per losing value of this run: an edit that another beat, a value that was put
-- back because the property goes one way, a value that a first meeting replaced, an
-- edit that is held because the value goes to and fro.

with

edits as (

    select * from {{ ref('merge_edits') }}

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

beaten as (

    select
        edits.source_key,
        edits.property,
        edits.system_name as losing_system,
        edits.member_key as losing_key,
        edits.new_value as losing_value,
        coalesce(winners.rule, 'one_way') as rule,
        'open' as status
    from edits
    left join winners
        on
            edits.source_key = winners.source_key
            and edits.unit = winners.unit
            and (edits.is_source or edits.direction = 'both')
    where
        winners.source_key is null
        or (winners.winner_key <> edits.member_key)

),

replaced_at_first_meeting as (

    select
        source_key,
        property,
        system_name as losing_system,
        member_key as losing_key,
        current_value as losing_value,
        'first_meeting' as rule,
        'noted' as status
    from outcomes
    where
        outcome in ('update', 'held')
        and not has_observation
        and current_value is not null

),

losing as (

    select * from beaten
    union all
    select * from held_in_a_loop
    union all
    select * from replaced_at_first_meeting

),

conflicts as (

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
    where outcomes.outcome is distinct from 'in_step'

)

select * from conflicts

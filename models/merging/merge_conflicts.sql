-- One row per losing value of this run: an edit that another beat, an agreed value that
-- was beaten by a member that had not got it yet, a value that was put back because the
-- property goes one way, a value that a first meeting replaced.

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

contestants as (

    select * from {{ ref('merge_contestants') }}

),

beaten_before_it_arrived as (

    select distinct
        edits.source_key,
        edits.property,
        split_part(edits.agreed_won_by, ':', 1) as losing_system,
        edits.agreed_won_by as losing_key,
        edits.agreed_before as losing_value,
        winners.rule,
        'open' as status
    from edits
    inner join contestants
        on
            edits.source_key = contestants.source_key
            and edits.unit = contestants.unit
            and contestants.entry_key = 'agreed'
    inner join winners
        on
            edits.source_key = winners.source_key
            and edits.unit = winners.unit
            and winners.winner_key <> 'agreed'
    where edits.was_waiting and edits.agreed_won_by is not null

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
    select * from beaten_before_it_arrived
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
    where
        outcomes.outcome is distinct from 'in_step'
        and losing.losing_value is distinct from agreed.agreed_value

)

select * from conflicts

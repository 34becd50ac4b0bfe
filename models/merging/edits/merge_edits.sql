-- One row per touched star, member and property that somebody edited since we last
-- looked (merge_sights says what is no edit): the new value, as the star would have it.
-- A losing value that a person restores is an edit of that person's, made at the moment
-- of the decision.

with

edited as (

    select * from {{ ref('merge_sights') }}
    where sight = 'edited'

),

restored as (

    select * from {{ ref('merge_restored_edits') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

edits as (

    select
        edited.source_key,
        edited.property_group,
        edited.property,
        edited.member_key,
        edited.system_name,
        edited.is_source,
        edited.seed_order,
        edited.direction,
        edited.stored_as,
        edited.max_length,
        edited.current_value,
        edited.value_for_star as new_value,
        edited.edited_at,
        entities.clock_uncertainty_s,
        edited.has_agreed
        and (
            not edited.is_delivered
            or edited.delivered is distinct from edited.agreed_before
        ) as was_waiting,
        edited.agreed_before,
        edited.agreed_won_by,
        edited.agreed_won_at
    from edited
    inner join entities
        on
            edited.system_name = entities.system_name
            and edited.entity = entities.entity

),

edits_and_restored as (

    select * from edits
    union all
    select * from restored

)

select * from edits_and_restored

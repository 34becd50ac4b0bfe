-- One row per touched star, member and property that somebody edited since we last
-- looked: the new value, as the star would have it. What `stored_as` explains is no
-- edit, nor is a value that the star has agreed on already (a re-spelling, unless the
-- member was let hold another one since they met), nor the first sight of a property,
-- nor what a system answered to our own write, nor what an answer does not have. A
-- member that holds dates only keeps the agreed time of day. A losing value that a
-- person restores is an edit of that person's, made at the moment of the decision. What
-- an old ledger observed is in doubt: there every value contests, but for what we wrote
-- ourselves and nobody has touched since.

with

member_values as (

    select * from {{ ref('merge_values') }}

),

restored as (

    select * from {{ ref('merge_restored_edits') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

unexplained as (

    select *
    from member_values
    where
        is_known
        and has_observation
        and native_changed
        and not coalesce(is_answer, false)
        and not coalesce(is_looping, false)
        and not coalesce(is_missing, false)
        and not holds_unknown_reference
        and not coalesce(in_doubt and stamp_is_ours and stood_for is not null, false)
        and (
            in_doubt
            or case
                when kind = 'reference'
                    then not {{ names_the_same('native', 'observed', 'reads_empty') }}
                else current_value is distinct from observed_value
            end
        )
        and not coalesce(has_agreed and stood_for = agreed_before, false)
        and not (
            is_delivered
            and not coalesce(was_alike, false)
            and (
                current_value is not distinct from delivered_as_stored
                or current_value is not distinct from delivered
            )
        )
        and not (
            has_agreed
            and not coalesce(was_alike, false)
            and (
                current_value is not distinct from agreed_as_stored
                or current_value is not distinct from agreed_before
            )
        )

),

edits as (

    select
        unexplained.source_key,
        unexplained.property_group,
        unexplained.property,
        unexplained.member_key,
        unexplained.system_name,
        unexplained.is_source,
        unexplained.seed_order,
        unexplained.direction,
        unexplained.stored_as,
        unexplained.max_length,
        unexplained.current_value,
        coalesce(
            unexplained.stood_for,
            {{ with_agreed_time_of_day(
                'unexplained.current_value', 'unexplained.stored_as',
                'unexplained.star_kind', 'unexplained.agreed_before'
            ) }}
        ) as new_value,
        case
            when unexplained.stamp_is_ours then null
            when unexplained.stamp_is_ahead then unexplained.loaded_at
            else unexplained.change_stamp
        end as edited_at,
        entities.clock_uncertainty_s,
        unexplained.has_agreed
        and (
            not unexplained.is_delivered
            or unexplained.delivered is distinct from unexplained.agreed_before
        ) as was_waiting,
        unexplained.agreed_before,
        unexplained.agreed_won_by,
        unexplained.agreed_won_at
    from unexplained
    inner join entities
        on
            unexplained.system_name = entities.system_name
            and unexplained.entity = entities.entity

),

edits_and_restored as (

    select * from edits
    union all
    select * from restored

)

select * from edits_and_restored

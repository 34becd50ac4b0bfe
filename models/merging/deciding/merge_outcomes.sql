-- One row per touched star, member and property: what becomes of it in this run.
-- `in_step`: it has the agreed value (in its own spelling, in that which it had when
-- they met, in a former one of ours, or but for signs that nobody sees); `as_stored`:
-- it answered our last write with something that `stored_as` does not explain, and
-- nobody has touched it since; `update`: it has to be written; `held`: it can't be
-- passed on, for
-- the reason beside it; `absent`: not available; `unknown`: the answer had no such
-- member, or it is hidden from us; `left_alone`: the system can't be written, or
-- another value of the group is hidden.

with

member_values as (

    select * from {{ ref('merge_values') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}

),

misordered as (

    select * from {{ ref('merge_ends_before_start') }}

),

links as (

    select distinct flow, source_key from {{ ref('match_links') }}

),

to_create as (

    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

referable as (

    select * from links
    union
    select * from to_create

),

with_agreed as (

    select
        member_values.*,
        agreed.agreed_value,
        agreed.won_by,
        agreed.won_at,
        agreed.rule,
        {{ stored_as(
            'agreed.agreed_value', 'member_values.stored_as', 'member_values.max_length'
        ) }} as value_to_store,
        member_values.kind = 'reference' and not member_values.is_source
        and agreed.agreed_value is not null and referable.flow is null
            as is_unlinked_reference,
        misordered.property_group is not null as is_misordered
    from member_values
    inner join agreed
        on
            member_values.source_key = agreed.source_key
            and member_values.property = agreed.property
    left join misordered
        on
            member_values.source_key = misordered.source_key
            and member_values.system_name = misordered.system_name
            and member_values.entity = misordered.entity
            and member_values.property_group = misordered.property_group
    left join referable
        on
            member_values.through_flow = referable.flow
            and agreed.agreed_value = referable.source_key

),

judged as (

    select
        with_agreed.*,
        case
            when not is_available then 'absent'
            when not is_known then 'unknown'
            when holds_unknown_reference then 'held'
            when
                not names_nothing
                and (
                    current_value is not distinct from value_to_store
                    or current_value is not distinct from agreed_value
                )
                then 'in_step'
            -- They meet for the first time (or did so before an old ledger came), and
            -- nobody has typed it since.
            when
                (not has_observation or stood_for = agreed_value)
                and {{ spelt_alike('current_value', 'value_to_store', 'kind') }}
                then 'in_step'
            when
                has_observation
                and is_delivered
                and (delivered is not distinct from agreed_value)
                -- Whoever typed the agreed spelling wants it everywhere.
                and (
                    not coalesce(is_alike, false)
                    or rule in ('stays', 'first_meeting')
                )
                and (
                    not native_changed
                    or is_answer
                    or case
                        when kind = 'reference'
                            then
                                {{ names_the_same(
                                    'native', 'observed', 'reads_empty'
                                ) }}
                        else current_value is not distinct from observed_value
                    end
                )
                then case when spells_delivered then 'in_step' else 'as_stored' end
            when
                not is_writable
                or (is_source and direction <> 'both')
                or is_left_out
                then 'left_alone'
            when value_to_store is null and not is_nullable then 'held'
            when not {{ accepted('value_to_store', 'accepts', 'wire_type') }}
                then 'held'
            when {{ is_mask('value_to_store', 'kind') }} then 'held'
            when is_misordered then 'held'
            when is_unlinked_reference then 'held'
            when is_looping then 'held'
            else 'update'
        end as outcome_alone,
        case
            when holds_unknown_reference then 'unknown_reference'
            when value_to_store is null and not is_nullable then 'cannot_be_empty'
            when not {{ accepted('value_to_store', 'accepts', 'wire_type') }}
                then 'not_accepted'
            when {{ is_mask('value_to_store', 'kind') }} then 'agreed_mask'
            when is_misordered then 'ends_before_start'
            when is_unlinked_reference then 'unlinked_reference'
            when is_looping then 'ping_pong'
        end as held_alone
    from with_agreed

),

-- A group is written together or not at all: when part of it is held, or is not shown
-- and lacks the agreed value, the rest waits with it.
grouped as (

    select
        judged.*,
        outcome_alone = 'update'
        and coalesce(
            bool_or(
                outcome_alone = 'held'
                or (
                    outcome_alone = 'unknown'
                    and (not is_delivered or delivered is distinct from agreed_value)
                )
            ) over (partition by source_key, member_key, property_group),
            false
        ) as waits_for_its_group
    from judged

),

outcomes as (

    select
        grouped.*,
        case when waits_for_its_group then 'held' else outcome_alone end as outcome,
        case
            when waits_for_its_group then 'with_its_group'
            else held_alone
        end as held_because
    from grouped

)

select * from outcomes

-- One row per touched star, member and property: one word for what would become of
-- it, were it in no group, the first that holds (`fate`). `absent`: not available;
-- `unknown`: nothing is known of what it holds; `in_step`: it has the agreed value
-- (in its own spelling, in that which it had when they met, in a former one of ours,
-- or but for signs that nobody sees); `as_stored`: it answered our last write with
-- something that `stored_as` does not explain, and nobody has touched it since;
-- `left_alone`: the system can't be written, or what is hidden stands in the way;
-- `held_` and a reason: it can't be passed on; `update`: it has to be written.

with

sights as (

    select * from {{ ref('merge_sights') }}

),

wanted as (

    select * from {{ ref('merge_wanted') }}

),

fates as (

    select
        sights.source_key,
        sights.member_key,
        sights.property,
        sights.property_group,
        wanted.flow,
        sights.system_name,
        sights.entity,
        sights.is_source,
        sights.name,
        sights.kind,
        wanted.json_path,
        wanted.wire_type,
        wanted.empty_as,
        wanted.through_flow,
        sights.sight,
        sights.is_missing,
        sights.is_unconfirmed,
        sights.native,
        sights.current_value,
        sights.held_value,
        sights.has_observation,
        sights.native_changed,
        sights.observed,
        sights.observed_value,
        sights.observed_name,
        sights.delivered,
        sights.was_delivered,
        sights.is_delivered,
        sights.beside_delivered,
        sights.awaited_answer,
        sights.is_looping,
        wanted.agreed_value,
        wanted.won_by,
        wanted.rule,
        wanted.value_to_store,
        case
            when sights.sight = 'absent' then 'absent'
            when sights.native is null then 'unknown'
            when sights.sight = 'unknown_reference' then 'held_unknown_reference'
            when sights.sight = 'unmapped' then 'held_unmapped'
            when
                wanted.rule = 'ask'
                and sights.sight = 'edited'
                and (sights.is_source or sights.direction = 'both')
                then 'held_needs_decision'
            when wanted.barred_by = 'unmapped' then 'held_unmapped'
            when
                not sights.names_nothing
                and (
                    sights.current_value is not distinct from wanted.value_to_store
                    or (
                        sights.is_mapped is distinct from true
                        and sights.current_value
                        is not distinct from wanted.agreed_value
                    )
                )
                then 'in_step'
            -- They meet for the first time (or did so before an old ledger came), and
            -- nobody has typed it since.
            when
                (not sights.has_observation or sights.stood_for = wanted.agreed_value)
                and {{ spelt_alike(
                    'sights.current_value', 'wanted.value_to_store', 'sights.kind'
                ) }}
                then 'in_step'
            when
                sights.beside_delivered <> 'remapped'
                and (sights.delivered is not distinct from wanted.agreed_value)
                and sights.sight in (
                    'our_answer', 'lagging', 'unproven', 'unchanged', 'respelt'
                )
                -- Whoever typed the agreed spelling wants it everywhere.
                and (
                    sights.beside_delivered <> 'alike'
                    or wanted.rule in ('stays', 'first_meeting', 'ask')
                )
                then
                    case
                        when sights.beside_delivered in ('alike', 'respelt')
                            then 'in_step'
                        else 'as_stored'
                    end
            when wanted.barred_by = 'left_alone' then 'left_alone'
            when wanted.barred_by is not null then 'held_' || wanted.barred_by
            when sights.is_looping then 'held_ping_pong'
            else 'update'
        end as fate
    from sights
    inner join wanted
        on
            sights.member_key = wanted.member_key
            and sights.property = wanted.property

)

select * from fates

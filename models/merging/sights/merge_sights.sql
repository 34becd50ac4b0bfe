-- One row per touched star, member and property: one word for what was seen of it,
-- the first that holds. Only what was `edited` is passed on. Who types what the star
-- has agreed on already only spells it differently, unless the member was let hold
-- another spelling since they met. What an old ledger observed is in doubt: there
-- every value contests, but for what we wrote ourselves and nobody has touched since.
-- `value_for_star`: the value as the star would have it; a member that holds dates
-- only keeps the agreed time of day, and one that has codes stands for what it was
-- given, else for what its map says (`unmapped`: nothing). `beside_delivered`: how
-- the value is like what was delivered: `same`; `alike`: in the spelling that it had
-- when they met; `respelt`: but for a former spelling of ours, or signs that nobody
-- sees; `unexplained`: it still holds what the system made of our last write;
-- `remapped`: it may be what a former row gave it; else `other`.

with

member_values as (

    select
        believed.*,
        case when proofs.seeds_changed then 'changed' end as seeds_are,
        bool_or(loops.source_key is not null) over (
            partition by believed.source_key, believed.property_group
        ) as is_looping
    from {{ ref('merge_values') }} as believed
    left join {{ ref('merge_loops') }} as loops
        on
            believed.source_key = loops.source_key
            and believed.property = loops.property
    left join {{ ref('merge_proofs') }} as proofs
        on believed.member_key = proofs.member_key

),

compared as (

    select
        member_values.*,
        case
            when (native is not distinct from observed) then 'unchanged'
            when
                kind <> 'reference'
                and (current_value is distinct from observed_value)
                then 'other'
            when kind <> 'reference' then 'respelt'
            when ({{ names_the_same('native', 'observed', 'reads_empty') }})
                then 'respelt'
            else 'other'
        end as beside_observed,
        (native is distinct from observed) or doubt is not null as native_changed,
        {{ stored_as('delivered', 'stored_as', 'max_length') }} as delivered_as_stored,
        {{ stored_as('agreed_before', 'stored_as', 'max_length') }} as agreed_as_stored,
        {{ is_mapped('stored_as') }} as is_mapped
    from member_values

),

-- A code is never taken for the star's own word, which may be another's code.
worded as (

    select
        compared.*,
        case when is_mapped then delivered_as_stored else delivered end
            as delivered_as_is,
        case when is_mapped then agreed_as_stored else agreed_before end
            as agreed_as_is,
        case
            when not is_mapped
                then {{ with_agreed_time_of_day(
                    'current_value', 'stored_as', 'star_kind', 'agreed_before'
                ) }}
            when is_delivered and current_value = delivered_as_stored then delivered
            when has_agreed and current_value = agreed_as_stored then agreed_before
            else {{ mapped_value('current_value', 'stored_as', 'back') }}
        end as own_for_star
    from compared

),

likened as (

    select
        worded.*,
        case
            when not (has_observation and is_delivered) then null
            when (current_value is not distinct from delivered_as_stored) then 'same'
            when (current_value is not distinct from delivered_as_is) then 'same'
            when {{ spelt_alike('current_value', 'delivered_as_stored', 'kind') }}
                then 'alike'
            when
                {{ spells(
                    'native', 'current_value', 'delivered_as_stored', 'delivered_as_is',
                    'kind'
                ) }}
                then 'respelt'
            when
                current_value is not null
                and (answer = 'ours' or beside_observed <> 'other')
                then
                    case
                        when is_mapped and seeds_are = 'changed' then 'remapped'
                        else 'unexplained'
                    end
            else 'other'
        end as beside_delivered,
        -- Until somebody typed something there.
        case
            when not (has_observation and is_delivered and native_changed) then false
            when (observed_value is not distinct from delivered_as_stored) then false
            when (observed_value is not distinct from delivered_as_is) then false
            else {{ spelt_alike('observed_value', 'delivered_as_stored', 'kind') }}
        end as was_alike
    from worded

),

sights as (

    select
        likened.*,
        coalesce(stood_for, own_for_star) as value_for_star,
        case
            when is_mapped then coalesce(stood_for, own_for_star) else current_value
        end as held_value,
        case
            when unseen_because is not null then unseen_because
            when names_nothing and (not has_observation or beside_observed = 'other')
                then 'unknown_reference'
            when
                is_mapped
                and current_value is not null
                and coalesce(stood_for, own_for_star) is null
                and (not has_observation or beside_observed = 'other')
                then 'unmapped'
            when answer = 'older' then 'lagging'
            when not has_observation then 'first_meeting'
            when answer = 'ours' then 'our_answer'
            when doubt is null and is_unconfirmed then 'unproven'
            when doubt is null and beside_observed <> 'other' then beside_observed
            when is_missing then 'unchanged'
            when doubt = 'ours' and stood_for is not null then 'unchanged'
            when has_agreed and stood_for = agreed_before then 'agreed_already'
            when beside_delivered = 'same' and not was_alike then 'echo'
            when
                has_agreed
                and not was_alike
                and (
                    current_value is not distinct from agreed_as_stored
                    or current_value is not distinct from agreed_as_is
                )
                then 'agreed_already'
            when is_looping then 'looping'
            else 'edited'
        end as sight
    from likened

)

select * from sights

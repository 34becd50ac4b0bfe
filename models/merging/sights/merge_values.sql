-- One row per touched star, member and property: the value in our spelling, beside what
-- it stood for when it was last believed. `is_unconfirmed`: a list shows another value
-- than the believed one and nothing proves it, so it is taken as unchanged.
-- `holds_unknown_reference`: it names a record that translates to nothing, so it can
-- neither be passed on nor be overwritten.
-- `is_answer`: it is what the system made of our own write, not what a person typed.
-- `still_awaits`: no believable listing has shown yet what the system made of it.
-- `stood_for`: in a doubt, what an untouched value was made of when it was written: of
-- a cut copy, the whole.
-- `holds_answer`: it still holds what the system made of our last write, and nothing
-- explains that; a person may have typed it before a listing showed what we had
-- written.
-- `spells_delivered`: it differs from what it stands for in nothing but a spelling of
-- ours that has changed, or signs that nobody sees.
-- `is_alike`: it is what it stands for, in the other spelling that it had when they
-- met; `was_alike`: that is what it was until somebody typed something there.
-- `is_looping`: it, or another property of its group, goes to and fro.
-- What is hidden from us (merge_sights) is not known, whatever the system shows.

with

natives as (

    select * from {{ ref('merge_sights') }}

),

translated as (

    select * from {{ ref('merge_references') }}

),

agreed_values as (

    select agreed_values.*
    from {{ ref('stg_ledger__agreed_values') }} as agreed_values
    left join {{ ref('match_reused_ids') }} as reused_ids
        on agreed_values.source_key = reused_ids.record_key
    where reused_ids.record_key is null

),

changed_references as (

    select * from {{ ref('merge_changed_references') }}

),

loops as (

    select * from {{ ref('merge_loops') }}

),

answers as (

    select * from {{ ref('merge_answers') }}

),

in_our_spelling as (

    select
        natives.*,
        case
            when natives.kind = 'reference' then translated.referred_key
            else {{ canonical('natives.shown_native', 'natives.kind') }}
        end as shown_value,
        case
            when natives.kind = 'reference' then natives.delivered
            else {{ canonical('natives.observed', 'natives.kind') }}
        end as observed_value,
        translated.observed_key,
        natives.kind = 'reference'
        and translated.referred_key is null
        and {{ reference_id('natives.shown_native', 'natives.reads_empty') }}
        is not null as shows_nothing_known,
        natives.was_delivered and changed_references.flow is null as is_delivered,
        answers.record_key is not null as is_seen_since,
        coalesce(answers.is_older, false) as is_older,
        coalesce(answers.is_ours, false) as is_ours,
        coalesce(
            bool_or(loops.source_key is not null) over (
                partition by natives.source_key, natives.property_group
            ),
            false
        ) as is_looping,
        agreed_values.source_key is not null as has_agreed,
        agreed_values.agreed_value as agreed_before,
        agreed_values.won_by as agreed_won_by,
        agreed_values.won_at as agreed_won_at
    from natives
    left join translated
        on
            natives.source_key = translated.source_key
            and natives.member_key = translated.member_key
            and natives.property = translated.property
    left join agreed_values
        on
            natives.source_key = agreed_values.source_key
            and natives.property = agreed_values.property
    left join changed_references
        on
            natives.kind = 'reference'
            and not natives.is_source
            and natives.through_flow = changed_references.flow
            and natives.delivered = changed_references.source_key
    left join answers
        on
            natives.member_key = answers.record_key
            and natives.property = answers.property
    left join loops
        on
            natives.source_key = loops.source_key
            and natives.property = loops.property

),

judged as (

    select
        in_our_spelling.*,
        coalesce(
            has_observation
            and not is_proven
            and shown_native is distinct from observed
            and not shows_nothing_known
            and case
                when kind = 'reference'
                    then
                        not {{ names_the_same(
                            'shown_native', 'observed', 'reads_empty'
                        ) }}
                else shown_value is distinct from observed_value
            end,
            false
        )
        and shown_native is not null
        and not coalesce(is_hidden, false) as is_unconfirmed
    from in_our_spelling

),

believed as (

    select
        judged.*,
        case
            when is_hidden then null
            when is_unconfirmed then observed
            else shown_native
        end as native,
        case
            when is_hidden then null
            when not is_unconfirmed then shown_value
            when kind = 'reference' then observed_key
            else observed_value
        end as current_value,
        case
            when is_hidden then false
            when is_unconfirmed
                then
                    kind = 'reference'
                    and observed_key is null
                    and {{ reference_id('observed', 'reads_empty') }} is not null
            else shows_nothing_known
        end as names_nothing
    from judged

),

compared as (

    select
        believed.*,
        native is not null as is_known,
        (native is distinct from observed or in_doubt is true) as native_changed,
        case
            when in_doubt and (native is not distinct from observed) then delivered
        end as stood_for,
        native is not null and is_ours and (native is distinct from observed)
            as is_answer,
        awaits_answer
        and not coalesce(is_unshown, false)
        and (
            native is null
            or not is_seen_since
            or (is_older and (native is distinct from observed))
        ) as still_awaits,
        names_nothing
        and (
            not has_observation
            or not {{ names_the_same('native', 'observed', 'reads_empty') }}
        )
            as holds_unknown_reference,
        {{ stored_as('delivered', 'stored_as', 'max_length') }} as delivered_as_stored,
        {{ stored_as('agreed_before', 'stored_as', 'max_length') }} as agreed_as_stored
    from believed

),

-- Only values that differ are looked at twice.
spelt_otherwise as (

    select
        compared.*,
        case
            when
                has_observation
                and is_delivered
                and (current_value is distinct from delivered_as_stored)
                and (current_value is distinct from delivered)
                then {{ spelt_alike('current_value', 'delivered_as_stored', 'kind') }}
            else false
        end as is_alike,
        case
            when
                has_observation
                and is_delivered
                and native_changed
                and (observed_value is distinct from delivered_as_stored)
                and (observed_value is distinct from delivered)
                then {{ spelt_alike('observed_value', 'delivered_as_stored', 'kind') }}
            else false
        end as was_alike
    from compared

),

with_spelling as (

    select
        spelt_otherwise.*,
        case
            when is_alike then true
            when
                has_observation
                and is_delivered
                and (current_value is distinct from delivered_as_stored)
                and (current_value is distinct from delivered)
                then
                    {{ spells(
                        'native', 'current_value', 'delivered_as_stored', 'delivered',
                        'kind'
                    ) }}
            else false
        end as spells_delivered
    from spelt_otherwise

),

with_answers as (

    select
        with_spelling.*,
        has_observation
        and is_delivered
        and current_value is not null
        and (
            (is_answer and not is_older)
            or case
                when kind = 'reference'
                    then {{ names_the_same('native', 'observed', 'reads_empty') }}
                else (current_value is not distinct from observed_value)
            end
        )
        and (current_value is distinct from delivered_as_stored)
        and (current_value is distinct from delivered)
        and not spells_delivered as holds_answer
    from with_spelling

)

select * from with_answers

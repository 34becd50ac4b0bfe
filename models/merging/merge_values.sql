-- One row per touched star, member and property: the value in our spelling, beside what
-- it stood for when it was last believed. `holds_unknown_reference`: it names a record
-- that translates to nothing, so it can neither be passed on nor be overwritten.
-- `is_answer`: it is what the system made of our own write, not what a person typed.
-- `still_awaits`: no believable listing has shown yet what the system made of it.
-- `is_looping`: it, or another property of its group, goes to and fro.

with

natives as (

    select * from {{ ref('merge_natives') }}

),

translated as (

    select * from {{ ref('merge_references') }}

),

agreed_values as (

    select * from {{ ref('stg_ledger__agreed_values') }}

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
            else {{ canonical('natives.native', 'natives.kind') }}
        end as current_value,
        case
            when natives.kind = 'reference' then natives.delivered
            else {{ canonical('natives.observed', 'natives.kind') }}
        end as observed_value,
        natives.kind = 'reference'
        and translated.referred_key is null
        and {{ trimmed(json_text('natives.native', "'$'")) }} is not null
            as names_nothing,
        natives.was_delivered and changed_references.flow is null as is_delivered,
        answers.record_key is not null as is_seen_since,
        coalesce(answers.is_older, false) as is_older,
        coalesce(answers.is_ours, false) as is_ours,
        coalesce(
            bool_or(loops.source_key is not null) over (
                partition by natives.source_key, natives.unit
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

compared as (

    select
        in_our_spelling.*,
        native is not null as is_known,
        (native is distinct from observed) as native_changed,
        native is not null and is_ours and (native is distinct from observed)
            as is_answer,
        awaits_answer
        and (
            native is null
            or not is_seen_since
            or (is_older and (native is distinct from observed))
        ) as still_awaits,
        names_nothing
        and (not has_observation or native is distinct from observed)
            as holds_unknown_reference,
        {{ stored_as('delivered', 'stored_as', 'max_length') }} as delivered_as_stored,
        {{ stored_as('agreed_before', 'stored_as', 'max_length') }} as agreed_as_stored
    from in_our_spelling

)

select * from compared

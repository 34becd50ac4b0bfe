{{ config(materialized="view") }}

-- One row per touched star, member and property: what is believed that it holds.
-- `is_unconfirmed`: a list shows an unproven other value; a question, and a
-- code that stands for nothing, is held.

with

natives as (

    select
        natives.*,
        case
            when kind = 'reference'
                then {{ reference_id('shown_native', 'reads_empty') }}
        end as shown_id,
        case
            when kind = 'reference' then {{ reference_id('observed', 'reads_empty') }}
        end as observed_id
    from {{ ref('merge_natives') }} as natives

),

hidden as (

    select member_key, property, hidden_as from {{ ref('merge_hidden') }}
    where hidden_as <> 'beside_hidden'

),

questions as (

    select * from {{ ref('stg_ledger__questions') }}

),

translated as (

    select * from {{ ref('merge_references') }}

),

in_our_spelling as (

    select
        natives.*,
        hidden.hidden_as,
        case
            when natives.kind = 'reference' then translated.referred_key
            else {{ canonical('natives.shown_native', 'natives.kind') }}
        end as shown_value,
        case
            when natives.kind = 'reference' then translated.observed_key
            else {{ canonical('natives.observed', 'natives.kind') }}
        end as observed_value,
        translated.referred_key is null
        and natives.shown_id is not null as shows_nothing_known,
        questions.asked_or_empty
    from natives
    left join hidden
        on
            natives.member_key = hidden.member_key
            and natives.property = hidden.property
    left join translated
        on
            natives.source_key = translated.source_key
            and natives.member_key = translated.member_key
            and natives.property = translated.property
    left join questions
        on
            natives.member_key = questions.member_key
            and natives.property = questions.property

),

judged as (

    select
        in_our_spelling.*,
        coalesce(
            has_observation
            and not is_proven
            and shown_native is distinct from observed
            and not shows_nothing_known
            and (
                {{ mapped_value('shown_value', 'stored_as', 'back') }} is not null
                or shown_value is null
                or not {{ is_mapped('stored_as') }}
            )
            and coalesce(shown_value, '') is distinct from
            left(asked_or_empty, case stored_as when 'date_part' then 10 else 9999 end)
            and case
                when kind = 'reference' then shown_id is distinct from observed_id
                else shown_value is distinct from observed_value
            end,
            false
        )
        and shown_native is not null
        and hidden_as is null as is_unconfirmed
    from in_our_spelling

),

believed as (

    select
        judged.*,
        case
            when hidden_as is not null then null
            when is_unconfirmed then observed
            else shown_native
        end as native,
        case
            when hidden_as is not null then null
            when is_unconfirmed then observed_value
            else shown_value
        end as current_value,
        hidden_as is null
        and case
            when is_unconfirmed
                then observed_value is null and observed_id is not null
            else shows_nothing_known
        end as names_nothing,
        case
            when not is_available then 'absent'
            when hidden_as is not null then hidden_as
            when is_unreadable then 'unreadable'
            when shown_native is null then 'not_shown'
        end as unseen_because
    from judged

)

select * from believed

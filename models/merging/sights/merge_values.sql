{{ config(materialized="view") }}

-- One row per touched star, member and property: the value that is believed, beside
-- what is remembered of it: what it stood for (`delivered`, unless the link that it
-- was delivered through starts or ends now), what the star had agreed on, and our
-- own last write. `answer`: a value that differs since we wrote it; `ours`: it is
-- what the system made of our write, not what a person typed; `older`: so it is, and
-- the listing may lag behind; else it is `somebody_elses`. `awaited_answer` (null:
-- there was none to await): it `came`, or is `outstanding`: no believable listing
-- has shown yet what the system made of our write. `stood_for`: in a doubt, what an
-- untouched value was made of when it was written: of a cut copy, the whole.

with

believed as (

    select * from {{ ref('merge_believed') }}

),

agreed_values as (

    select * from {{ ref('match_agreed_memories') }}

),

changed_references as (

    select * from {{ ref('merge_changed_references') }}

),

answers as (

    select * from {{ ref('merge_answers') }}

),

beside_memories as (

    select
        believed.*,
        (believed.native is distinct from believed.observed) as differs,
        case
            when answers.is_older then 'older'
            when answers.is_ours then 'ours'
            when answers.record_key is not null then 'somebody_elses'
        end as seen_since,
        believed.was_delivered and changed_references.flow is null as is_delivered,
        agreed_values.source_key is not null as has_agreed,
        agreed_values.agreed_value as agreed_before,
        agreed_values.won_by as agreed_won_by,
        agreed_values.won_at as agreed_won_at
    from believed
    left join agreed_values
        on
            believed.source_key = agreed_values.source_key
            and believed.property = agreed_values.property
    left join changed_references
        on
            believed.kind = 'reference'
            and not believed.is_source
            and believed.through_flow = changed_references.flow
            and believed.delivered = changed_references.source_key
    left join answers
        on
            believed.member_key = answers.record_key
            and believed.property = answers.property

),

member_values as (

    select
        source_key,
        member_key,
        property,
        property_group,
        system_name,
        entity,
        name,
        seed_order,
        is_source,
        direction,
        kind,
        star_kind,
        reads_empty,
        stored_as,
        max_length,
        unseen_because,
        is_missing,
        is_unconfirmed,
        shown_native,
        native,
        current_value,
        names_nothing,
        has_observation,
        observed,
        observed_value,
        observed_name,
        delivered,
        was_delivered,
        is_delivered,
        has_agreed,
        agreed_before,
        agreed_won_by,
        agreed_won_at,
        doubt,
        edited_at,
        case when doubt is not null and not differs then delivered end as stood_for,
        case when native is not null and differs then seen_since end as answer,
        case
            when not awaits_answer then null
            when hidden_as = 'in_no_record' then 'came'
            when native is null or seen_since is null then 'outstanding'
            when seen_since = 'older' and differs then 'outstanding'
            else 'came'
        end as awaited_answer
    from beside_memories

)

select * from member_values

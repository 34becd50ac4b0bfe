-- One row per touched star, member and property: the value in our spelling, beside what
-- it stood for when it was last believed. `holds_unknown_reference`: it names a record
-- that translates to nothing, so it can neither be passed on nor be overwritten.

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

),

compared as (

    select
        in_our_spelling.*,
        native is not null as is_known,
        (native is distinct from observed or in_doubt is true) as native_changed,
        names_nothing
        and (not has_observation or native is distinct from observed)
            as holds_unknown_reference,
        {{ stored_as('delivered', 'stored_as', 'max_length') }} as delivered_as_stored,
        {{ stored_as('agreed_before', 'stored_as', 'max_length') }} as agreed_as_stored
    from in_our_spelling

)

select * from compared

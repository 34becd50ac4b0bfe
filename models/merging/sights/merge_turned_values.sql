{{ config(materialized="view") }}

-- One row per property of an entity and value that linked records show there, in place
-- of another one that they held: how many there are, and how many of these bear neither
-- a newer nor an older stamp. `is_told`: one of them tells that value; an answer that
-- lacks the member clears nothing by itself, but hides as much.

with

natives as (

    select * from {{ ref('merge_natives') }}
    where is_available and has_observation

),

proofs as (

    select member_key, is_newer, is_older_than_known from {{ ref('merge_proofs') }}

),

missing_members as (

    select * from {{ ref('merge_missing_members') }}

),

in_our_spelling as (

    select
        natives.system_name,
        natives.entity,
        natives.name,
        natives.kind,
        natives.member_key,
        natives.is_missing,
        proofs.is_newer or proofs.is_older_than_known as has_moved,
        {{ canonical('natives.shown_native', 'natives.kind') }} as shown_value,
        {{ canonical('natives.observed', 'natives.kind') }} as observed_value
    from natives
    inner join proofs on natives.member_key = proofs.member_key
    left join missing_members
        on
            natives.system_name = missing_members.system_name
            and natives.entity = missing_members.entity
            and natives.name = missing_members.name
    where missing_members.name is null

),

compared as (

    select
        system_name,
        entity,
        name,
        member_key,
        is_missing,
        has_moved,
        {{ unmasked('shown_value', 'kind') }} as shown_value,
        {{ unmasked('observed_value', 'kind') }} as observed_value
    from in_our_spelling

),

turned as (

    select
        system_name,
        entity,
        name,
        shown_value,
        count(distinct member_key) as records,
        count(distinct case when not has_moved then member_key end) as unmoved,
        bool_or(not is_missing) as is_told
    from compared
    where
        observed_value is not null
        and shown_value is distinct from observed_value
    group by system_name, entity, name, shown_value

)

select * from turned

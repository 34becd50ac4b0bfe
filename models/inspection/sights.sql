{{ config(materialized="view") }}

-- One row per record and property that the newest build looked at and that was not
-- in step: what was seen of it, in one word, and what becomes of it. It answers "why
-- was my edit not taken?". A quiet run leaves it empty. (National ids are for
-- matching only.)

with

seen as (

    select * from {{ ref('merge_sights') }}
    where kind <> 'national_id'

),

outcomes as (

    select
        member_key,
        property,
        agreed_value,
        won_by,
        outcome,
        held_because
    from {{ ref('merge_outcomes') }}

),

sights as (

    select
        seen.source_key,
        seen.member_key as record_key,
        seen.system_name as system,
        seen.entity,
        seen.property,
        seen.name,
        seen.sight,
        seen.shown_native as shown_value,
        seen.current_value as believed_value,
        seen.edited_at,
        outcomes.agreed_value,
        outcomes.won_by,
        outcomes.outcome,
        outcomes.held_because
    from seen
    left join outcomes
        on
            seen.member_key = outcomes.member_key
            and seen.property = outcomes.property
    where outcomes.outcome is distinct from 'in_step'

)

select * from sights

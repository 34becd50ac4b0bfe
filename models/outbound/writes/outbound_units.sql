-- One row per write and group of properties that go together (most are alone): whether
-- the rest may go without it, and whether the system has refused just these values
-- there and it is too early to ask again. A create leaves out nothing that it needs.

with

candidates as (

    select * from {{ ref('outbound_candidates') }}

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

refusals as (

    select * from {{ ref('outbound_refusals') }}

),

limits as (

    select max(limit_value) as backoff_hours
    from {{ ref('limits') }}
    where limit_name = 'refused_backoff_hours'

),

-- What is refused when a record is made is refused when it is changed, too: the member
-- goes by its star, not by the write.
units as (

    select
        candidates.write_key,
        candidates.property_group,
        bool_and(
            coalesce(entity_properties.may_be_left_out, false)
            and not candidates.is_required
            and candidates.operation <> 'delete'
        ) as may_be_left_out,
        {{ text_digest(
            "concat_ws(' ', min(case when not candidates.is_source "
            ~ "then candidates.flow end), candidates.source_key, "
            ~ "candidates.system_name, candidates.entity, " ~ sorted_text_list(
                "candidates.name || '=' || coalesce(candidates.value_after, "
                ~ "candidates.reference_key, 'null')",
                "';'"
            ) ~ ")"
        ) }} as fingerprint
    from candidates
    left join entity_properties
        on
            candidates.system_name = entity_properties.system_name
            and candidates.entity = entity_properties.entity
            and candidates.name = entity_properties.property
    group by
        candidates.write_key, candidates.property_group, candidates.source_key,
        candidates.system_name, candidates.entity

),

judged as (

    select
        units.write_key,
        units.property_group,
        case when units.may_be_left_out then units.fingerprint end as unit_hash,
        refusals.words as refused_with,
        refusals.refusals,
        case
            when units.may_be_left_out
                then {{ held_until_s(
                    'refusals.refused_at', 'refusals.refusals', 'limits.backoff_hours'
                ) }}
        end as held_until_s
    from units
    cross join limits
    left join refusals on units.fingerprint = refusals.unit_hash

),

held_back as (

    select
        judged.*,
        coalesce(held_until_s > {{ epoch_seconds(now_utc()) }}, false) as is_held_back
    from judged

)

select * from held_back

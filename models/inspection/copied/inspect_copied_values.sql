{{ config(materialized='view') }}

-- One row per pair that is or was linked, record of it and property whose value came
-- over that link: what was there before, what came, since when, and why it is left as
-- it is (null: it can be put back). A view: `lenke unlink` asks of one pair.

with

to_targets as (

    select * from {{ ref('inspect_copied_to_targets') }}

),

to_sources as (

    select * from {{ ref('inspect_copied_to_sources') }}

),

mapped_properties as (

    select flow, property, property_group from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'source' and direction in ('both', 'forward')

),

copied as (

    select * from to_targets

    union all

    select
        to_sources.flow,
        to_sources.source_key,
        to_sources.target_key,
        'put_back_source' as decided_kind,
        to_sources.source_key as record_key,
        to_sources.property,
        mapped_properties.property_group,
        to_sources.property as name,
        to_sources.value_before,
        to_sources.taken_value as value_given,
        to_sources.agreed_now as value_now,
        to_sources.since,
        case
            when (to_sources.won_by is distinct from to_sources.target_key)
                then 'it has another value since, from ' || to_sources.won_by
            when mapped_properties.flow is null then 'it is kept in step no more'
        end as left_because
    from to_sources
    left join mapped_properties
        on
            to_sources.flow = mapped_properties.flow
            and to_sources.property = mapped_properties.property

),

judged as (

    select
        flow,
        source_key,
        target_key,
        decided_kind,
        record_key,
        property,
        name,
        value_before,
        value_given,
        value_now,
        since,
        coalesce(
            left_because,
            'it goes together with '
            || min(case when left_because is not null then name end) over (
                partition by flow, source_key, target_key, decided_kind, property_group
            ),
            case
                when (value_before is not distinct from value_now)
                    then 'it holds that already'
            end
        ) as left_because
    from copied

)

select * from judged

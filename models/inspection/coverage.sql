-- One row per flow: how many source records there are, and what became of them.

with

flows as (

    select * from {{ ref('match_flows') }}

),

records as (

    select
        system_name,
        entity,
        count(*) as source_records
    from {{ ref('stg_records') }}
    where is_listed and not is_deleted
    group by system_name, entity

),

links as (

    select flow, count(*) as linked from {{ ref('match_links') }}
    group by flow

),

resting_links as (

    select flow, count(*) as resting from {{ ref('match_resting_links') }}
    group by flow

),

excluded as (

    select
        flows.flow,
        count(*) as excluded
    from {{ ref('match_excluded_records') }} as excluded_records
    inner join flows
        on
            excluded_records.flow = flows.flow
            and starts_with(
                excluded_records.record_key,
                flows.source_system || ':' || flows.source_entity || ':'
            )
    group by flows.flow

),

unlinked_sources as (

    select
        flow,
        sum(case when outcome = 'to_create' then 1 else 0 end) as to_create,
        sum(case when outcome = 'unmatched' then 1 else 0 end) as unmatched,
        sum(case when outcome = 'ambiguous' then 1 else 0 end) as ambiguous,
        sum(case when outcome = 'resting' then 1 else 0 end) as resting,
        sum(case when outcome = 'before_start' then 1 else 0 end) as before_start
    from {{ ref('match_unlinked_sources') }}
    group by flow

),

held_creates as (

    select
        flow,
        count(*) as held,
        sum(
            case
                when held_because in ('cannot_be_empty', 'refused', 'unmapped') then 1
                else 0
            end
        ) as held_of_to_create
    from {{ ref('inspect_held_creates') }}
    group by flow

),

coverage as (

    select
        flows.flow,
        flows.mode,
        coalesce(records.source_records, 0) as source_records,
        coalesce(links.linked, 0) as linked,
        cast(
            coalesce(unlinked_sources.to_create, 0)
            - coalesce(held_creates.held_of_to_create, 0) as bigint
        ) as to_create,
        cast(coalesce(unlinked_sources.unmatched, 0) as bigint) as unmatched,
        cast(coalesce(unlinked_sources.ambiguous, 0) as bigint) as ambiguous,
        coalesce(held_creates.held, 0) as held,
        cast(
            coalesce(resting_links.resting, 0) + coalesce(unlinked_sources.resting, 0)
            as bigint
        ) as resting,
        coalesce(excluded.excluded, 0) as excluded,
        cast(coalesce(unlinked_sources.before_start, 0) as bigint) as before_start,
        flows.rests_because,
        flows.is_active,
        flows.seed_order
    from flows
    left join records
        on
            flows.source_system = records.system_name
            and flows.source_entity = records.entity
    left join links on flows.flow = links.flow
    left join resting_links on flows.flow = resting_links.flow
    left join excluded on flows.flow = excluded.flow
    left join unlinked_sources on flows.flow = unlinked_sources.flow
    left join held_creates on flows.flow = held_creates.flow

)

select * from coverage

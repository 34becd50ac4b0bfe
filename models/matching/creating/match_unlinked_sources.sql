-- One row per flow and source record without a link: what becomes of it (`to_create`,
-- `unmatched`, `ambiguous`, `held`) and, if it is held, why.

with

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

records as (

    select * from {{ ref('match_records') }}

),

links as (

    select distinct flow, source_key from {{ ref('match_links') }}

),

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

holds as (

    select * from {{ ref('match_holds') }}

),

unlinked as (

    select
        flows.flow,
        flows.mode,
        records.record_key as source_key
    from flows
    inner join records
        on
            flows.source_system = records.system_name
            and flows.source_entity = records.entity
    left join links
        on flows.flow = links.flow and records.record_key = links.source_key
    where links.flow is null

),

judged as (

    select
        unlinked.flow,
        unlinked.source_key,
        case
            when ambiguous.flow is not null then 'ambiguous'
            when unlinked.mode = 'match' then 'unmatched'
            when holds.flow is not null then 'held'
            else 'to_create'
        end as outcome,
        case
            when ambiguous.flow is null and unlinked.mode <> 'match'
                then holds.held_because
        end as held_because
    from unlinked
    left join ambiguous
        on unlinked.flow = ambiguous.flow and unlinked.source_key = ambiguous.source_key
    left join holds
        on unlinked.flow = holds.flow and unlinked.source_key = holds.source_key

)

select * from judged

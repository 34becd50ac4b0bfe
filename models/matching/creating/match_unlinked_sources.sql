-- One row per flow and source record without a link: what becomes of it (`resting`:
-- it or a candidate rests; `ambiguous`, `unmatched`, `held`, `to_create`) and, if it is
-- held, why.

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

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

pairs as (

    select flow, source_key, target_key from {{ ref('match_pairs') }}

),

-- Who would be linked but for a pause gets no record of its own meanwhile.
resting as (

    select flow, record_key as source_key from resting_records

    union

    select
        pairs.flow,
        pairs.source_key
    from pairs
    inner join resting_records
        on
            pairs.flow = resting_records.flow
            and pairs.target_key = resting_records.record_key

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
            when resting.flow is not null then 'resting'
            when ambiguous.flow is not null then 'ambiguous'
            when unlinked.mode = 'match' then 'unmatched'
            when holds.flow is not null then 'held'
            else 'to_create'
        end as outcome,
        case
            when
                resting.flow is null
                and ambiguous.flow is null
                and unlinked.mode <> 'match'
                then holds.held_because
        end as held_because
    from unlinked
    left join resting
        on unlinked.flow = resting.flow and unlinked.source_key = resting.source_key
    left join ambiguous
        on unlinked.flow = ambiguous.flow and unlinked.source_key = ambiguous.source_key
    left join holds
        on unlinked.flow = holds.flow and unlinked.source_key = holds.source_key

)

select * from judged

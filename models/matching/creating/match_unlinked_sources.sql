-- One row per flow and source record without a link: what becomes of it, the first word
-- that holds, and, if it is held, why. `excluded`: the rules about records leave it
-- out; `resting`: it or a candidate rests; `ambiguous`; `unmatched`; `before_start`: it
-- is older than the flow's first day; `held`; `to_create`.

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

    select
        flow,
        record_key as source_key,
        case when rests_because = 'excluded' then 'excluded' else 'resting' end
            as outcome
    from resting_records

    union

    select
        pairs.flow,
        pairs.source_key,
        'resting' as outcome
    from pairs
    inner join resting_records
        on
            pairs.flow = resting_records.flow
            and pairs.target_key = resting_records.record_key

),

older_sources as (

    select * from {{ ref('match_older_sources') }}

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

told as (

    select
        unlinked.flow,
        unlinked.source_key,
        holds.held_because,
        case
            when resting.outcome is not null then resting.outcome
            when ambiguous.flow is not null then 'ambiguous'
            when unlinked.mode = 'match' then 'unmatched'
            -- What a person has decided, and what is on its way, is looked at anyway.
            when holds.held_because in ('link_waits', 'create_unsettled') then 'held'
            when older_sources.flow is not null then 'before_start'
            when holds.flow is not null then 'held'
            else 'to_create'
        end as outcome
    from unlinked
    left join resting
        on unlinked.flow = resting.flow and unlinked.source_key = resting.source_key
    left join ambiguous
        on unlinked.flow = ambiguous.flow and unlinked.source_key = ambiguous.source_key
    left join holds
        on unlinked.flow = holds.flow and unlinked.source_key = holds.source_key
    left join older_sources
        on
            unlinked.flow = older_sources.flow
            and unlinked.source_key = older_sources.source_key

),

judged as (

    select
        flow,
        source_key,
        outcome,
        case when outcome = 'held' then held_because end as held_because
    from told

)

select * from judged

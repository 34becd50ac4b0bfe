-- One row per flow and source record without a link that nothing is created for in this
-- run: what becomes of it, and why. What simply waits for the next push to create it
-- stands in the plan.

with

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}

),

held_creates as (

    select * from {{ ref('inspect_held_creates') }}

),

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

reasons as (

    select * from {{ ref('reasons') }}

),

records as (

    select record_key, record_name from {{ ref('records') }}

),

first_held as (

    select
        flow,
        source_key,
        min(held_because) as held_because,
        min(details) as details
    from held_creates
    group by flow, source_key

),

judged as (

    select
        unlinked_sources.flow,
        unlinked_sources.source_key,
        case
            when unlinked_sources.outcome = 'to_create' then 'held'
            else unlinked_sources.outcome
        end as outcome,
        case
            when unlinked_sources.outcome in ('to_create', 'held')
                then first_held.held_because
        end as held_because,
        case
            when unlinked_sources.outcome in ('to_create', 'held')
                then first_held.details
        end as details
    from unlinked_sources
    left join first_held
        on
            unlinked_sources.flow = first_held.flow
            and unlinked_sources.source_key = first_held.source_key
    where
        unlinked_sources.outcome <> 'to_create'
        or first_held.held_because is not null

),

unlinked as (

    select
        judged.flow,
        judged.source_key,
        records.record_name as source_name,
        judged.outcome,
        judged.held_because,
        case judged.outcome
            when 'excluded' then 'the rules about records leave it out'
            when 'resting' then 'it rests, or a record that it matches does'
            when 'ambiguous' then 'it matches several records, or others match the same'
            when 'unmatched' then 'no record there matches it'
            when 'before_start'
                then 'it is older than the day from which the flow creates records'
            else reasons.meaning
        end as reason,
        judged.details,
        reasons.next_step,
        coalesce(ambiguous.candidates, 0) as candidates,
        ambiguous.candidate_keys,
        ambiguous.matched_by
    from judged
    left join records on judged.source_key = records.record_key
    left join reasons on judged.held_because = reasons.reason
    left join ambiguous
        on
            judged.flow = ambiguous.flow
            and judged.source_key = ambiguous.source_key

)

select * from unlinked

{{ config(materialized="view") }}

-- One row per decision of a person that a run has come to: the first such run, and what
-- became of it. That a run is later than a decision is told by the ledger's steps, and
-- by the clock for decisions from before there were any.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}

),

done as (

    select * from {{ ref('stg_ledger__done_decisions') }}

),

runs as (

    select * from {{ ref('stg_ledger__runs') }}

),

links as (

    select * from {{ ref('stg_ledger__links') }}

),

-- A link was made or ended as a person had decided.
could_be as (

    select
        decisions.decision_id,
        decisions.step,
        decisions.decided_at,
        case
            when decisions.kind = 'link' then links.established_run_id
            else links.ended_run_id
        end as run_id
    from decisions
    inner join links
        on
            decisions.flow = links.flow
            and decisions.source_key = links.source_key
            and decisions.target_key = links.target_key
    where
        decisions.kind = 'link'
        or (decisions.kind = 'unlink' and links.gone_key is null)

    union all

    -- A record that was to be created has a link since.
    select
        decisions.decision_id,
        decisions.step,
        decisions.decided_at,
        links.established_run_id as run_id
    from decisions
    inner join links
        on decisions.flow = links.flow and decisions.source_key = links.source_key
    where decisions.kind = 'create'

),

of_pairs as (

    select
        could_be.decision_id,
        {{ oldest('runs.run_id', 'runs.run_number') }} as run_id,
        {{ oldest('runs.started_at', 'runs.run_number') }} as settled_at
    from could_be
    inner join runs on could_be.run_id = runs.run_id
    where
        case
            when could_be.step is not null then runs.run_number > could_be.step
            else runs.started_at >= could_be.decided_at
        end
    group by could_be.decision_id

),

newest_run as (

    select
        max(run_number) as run_number,
        max(started_at) as started_at
    from runs

),

-- What is acknowledged is heard by the next run, whichever that is.
heard as (

    select decisions.decision_id
    from decisions
    cross join newest_run
    where
        decisions.kind = 'acknowledge'
        and decisions.payload_hash is null
        and case
            when decisions.step is not null
                then newest_run.run_number > decisions.step
            else newest_run.started_at >= decisions.decided_at
        end

),

settled as (

    select
        decision_id,
        run_id,
        done_at as settled_at,
        coalesce(outcome, 'carried_out') as outcome
    from done

    union all

    select
        decision_id,
        run_id,
        settled_at,
        'carried_out' as outcome
    from of_pairs

    union all

    select
        decision_id,
        cast(null as varchar) as run_id,
        cast(null as timestamp) as settled_at,
        'carried_out' as outcome
    from heard

)

select * from settled

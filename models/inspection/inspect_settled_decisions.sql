{{ config(materialized="view") }}

-- One row per decision of a person that a run has come to: the first such run, and what
-- became of it. That a run is later than a decision is told by the ledger's steps, and by
-- the clock for decisions from before there were any.

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
of_pairs as (

    select
        decisions.decision_id,
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

),

-- What is acknowledged is heard by the next run.
could_be as (

    select decision_id, run_id from of_pairs

    union all

    select decisions.decision_id, runs.run_id
    from decisions
    cross join runs
    where decisions.kind = 'acknowledge'

),

later_runs as (

    select
        could_be.decision_id,
        {{ oldest('runs.run_id', 'runs.run_number') }} as run_id,
        {{ oldest('runs.started_at', 'runs.run_number') }} as settled_at
    from could_be
    inner join decisions on could_be.decision_id = decisions.decision_id
    inner join runs on could_be.run_id = runs.run_id
    where
        case
            when decisions.step is not null then runs.run_number > decisions.step
            else runs.started_at >= decisions.decided_at
        end
    group by could_be.decision_id

),

settled as (

    select
        decision_id,
        run_id,
        done_at as settled_at,
        coalesce(outcome, 'carried_out') as outcome
    from done

    union all

    select later_runs.decision_id, later_runs.run_id, later_runs.settled_at, 'carried_out'
    from later_runs
    left join done on later_runs.decision_id = done.decision_id
    where done.decision_id is null

)

select * from settled

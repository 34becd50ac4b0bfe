-- One row per flow, operation and record that was changed (or link that ended, or came
-- to rest by the rules about records) within `mass_change_hours` and still counts for
-- the guards: many small runs are judged as one. What a flow wrote in its first run
-- does not count, nor does what was written until a person last let a run pass the
-- guards.

with

writes as (

    select * from {{ ref('stg_ledger__writes') }}

),

past_links as (

    select * from {{ ref('stg_ledger__links') }}

),

settled_flows as (

    select * from {{ ref('stg_ledger__settled_flows') }}

),

left_out as (

    select * from {{ ref('stg_ledger__excluded_records') }}

),

runs as (

    select * from {{ ref('stg_ledger__runs') }}

),

limits as (

    select max(limit_value) as hours from {{ ref('limits') }}
    where limit_name = 'mass_change_hours'

),

let_pass as (

    select max(run_number) as run_number from runs
    where allows_mass_change

),

-- What a run sent counts when it came after the flow's first run, and after the newest
-- one that a person let pass.
counting_runs as (

    select
        settled_flows.flow,
        runs.run_id
    from settled_flows
    cross join let_pass
    cross join limits
    left join runs as settling on settled_flows.run_id = settling.run_id
    inner join runs
        on
            runs.run_number > coalesce(settling.run_number, 0)
            and runs.run_number > coalesce(let_pass.run_number, 0)
            and {{ seconds_between('runs.started_at', now_utc()) }}
            < 3600 * limits.hours

),

changed as (

    select distinct
        writes.flow,
        writes.operation,
        writes.flow || ' ' || writes.operation || ' ' || case
            when writes.operation = 'create' then writes.source_key
            else {{ record_key(
                'writes.system_name', 'writes.entity', 'writes.record_id'
            ) }}
        end as changed
    from writes
    inner join counting_runs
        on
            writes.flow = counting_runs.flow
            and writes.run_id = counting_runs.run_id
    where writes.status = 'done' or writes.is_open

    union all

    select distinct
        ended.flow,
        'end' as operation,
        ended.source_key as changed
    from past_links as ended
    inner join counting_runs
        on
            ended.flow = counting_runs.flow
            and ended.ended_run_id = counting_runs.run_id
    where ended.gone_key is not null

    union all

    select distinct
        left_out.flow,
        'leave' as operation,
        links.source_key as changed
    from left_out
    inner join counting_runs
        on
            left_out.flow = counting_runs.flow
            and left_out.run_id = counting_runs.run_id
    inner join past_links as links
        on
            left_out.flow = links.flow
            and left_out.record_key in (links.source_key, links.target_key)
            and links.ended_at is null

)

select * from changed

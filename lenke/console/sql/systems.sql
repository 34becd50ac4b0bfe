-- One row per system of the flows: what is the matter with it, its records, and when it
-- was read last. (Which listing was a full one stands in no published table.)
with systems as (
    select unnest($systems) as system
),

flows as (
    select
        systems.system, count(*) as flows,
        count(*) filter (coverage.is_active) as active_flows
    from systems
    inner join inspection.coverage
        on
            starts_with(coverage.flow, systems.system || '_')
            or contains(coverage.flow, '__' || systems.system || '_')
    group by systems.system
),

records as (
    select
        system,
        count(*) filter (is_there) as records,
        count(*) filter (not is_there) as not_there
    from inspection.records
    group by system
),

read as (
    select unnest(json_keys(summary, '$.loaded')) as system, started_at, run_id
    from inspection.runs
    where summary is not null
),

newest_read as (
    select
        system, max(started_at) as read_at, max_by(run_id, started_at) as read_by
    from read
    group by system
),

trouble as (
    select record_key as system, arg_min(message, kind) as trouble
    from inspection.findings
    where reach = 'system'
    group by record_key
),

paused as (
    select source_key as system, any_value(details) as paused
    from inspection.decisions
    where kind = 'pause' and status = 'in force' and target_key is null
    group by source_key
)

select
    systems.system, flows.flows, flows.active_flows, records.records,
    records.not_there, newest_read.read_at, newest_read.read_by, trouble.trouble,
    paused.paused
from systems
left join flows on systems.system = flows.system
left join records on systems.system = records.system
left join newest_read on systems.system = newest_read.system
left join trouble on systems.system = trouble.system
left join paused on systems.system = paused.system
order by systems.system

"""What people ask of the published tables, in SQL."""

# Characters of a conflict's id that are shown: enough to tell it apart.
SHORT_ID = 8

COVERAGE = """
select flow, mode, source_records, linked, to_create, unmatched, ambiguous, held
from inspection.coverage
order by seed_order
"""

LINKS = """
select
    links.flow, source_system, source_entity, source_id, target_system, target_entity,
    target_id, matched_by, established_at, ended_at, ended_because,
    source_key, sources.record_name as source_name,
    target_key, targets.record_name as target_name
from inspection.links
left join inspection.records as sources on links.source_key = sources.record_key
left join inspection.records as targets on links.target_key = targets.record_key
where
    ($flow is null or links.flow = $flow)
    and (
        $records is null
        or list_contains($records, source_key)
        or list_contains($records, target_key)
    )
    and ($past or ended_at is null)
order by links.flow, source_id, target_id
"""

FINDINGS = """
select kind, record_key, property, message, next_step, record_name
from inspection.findings
where $kind is null or kind = $kind
order by kind, record_key, property, message
"""

NAMES = """
select record_key, record_name
from inspection.records
where list_contains($keys, record_key)
"""

CONFLICTS = """
select
    left(conflict_id, $short) as id, source_key, property, winning_system,
    winning_value, losing_system, losing_value, rule, run_id, status, losing_key,
    record_name as source_name
from inspection.conflicts
left join inspection.records on conflicts.source_key = records.record_key
where
    ($rule is null or rule = $rule)
    and (
        $records is null
        or list_contains($records, source_key)
        or list_contains($records, losing_key)
    )
    and ($past or status in ('open', 'noted'))
order by
    status = 'open' desc, noted_at desc nulls first, source_key, property, losing_key
"""

DECISIONS = """
select
    left(decision_id, $short) as id, kind, flow, source_key, target_key, property,
    decided_value, reason, decided_by, decided_at, status, details, run_id, settled_at
from inspection.decisions
where
    ($kind is null or kind = $kind)
    and (not $waiting or status = 'waits')
order by status = 'waits' desc, decided_at desc, id
"""

PLAN = """
select
    flow, operation, plan.system, plan.entity, plan.record_id, properties_before,
    properties_after, reason, source_key, record_name
from inspection.plan
left join inspection.records on records.record_key = coalesce(
    plan.system || ':' || plan.entity || ':' || plan.record_id, plan.source_key
)
order by flow, operation, plan.record_id, source_key
"""

RUNS = """
select run_id, command, started_at, finished_at, outcome, exit_code
from inspection.runs
order by started_at desc
limit $most
"""

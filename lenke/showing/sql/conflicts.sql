-- One row per losing value: what a person should look at first.
select
    left(conflicts.conflict_id, $short) as id, conflicts.source_key,
    conflicts.property, conflicts.winning_system, conflicts.winning_value,
    conflicts.losing_system, conflicts.losing_value, conflicts.rule,
    conflicts.run_id, conflicts.status, conflicts.losing_key,
    records.record_name as source_name
from inspection.conflicts
left join inspection.records on conflicts.source_key = records.record_key
where
    ($rule is null or conflicts.rule = $rule)
    and (
        $records is null
        or list_contains($records, conflicts.source_key)
        or list_contains($records, conflicts.losing_key)
    )
    and ($past or conflicts.status in ('open', 'noted'))
order by
    conflicts.status = 'open' desc, conflicts.noted_at desc nulls first,
    conflicts.source_key asc, conflicts.property asc, conflicts.losing_key asc

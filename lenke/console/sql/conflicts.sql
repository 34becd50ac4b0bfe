-- One row per value that was not taken, beside the one that was: unseen ones first.
select
    conflicts.conflict_id, conflicts.source_key, records.record_name,
    conflicts.property, conflicts.winning_system, conflicts.winning_value,
    conflicts.losing_system, conflicts.losing_key, conflicts.losing_value,
    conflicts.rule, conflicts.run_id, conflicts.status, conflicts.noted_at,
    count(*) over () as in_all,
    count(*) filter (conflicts.status = 'open') over () as unseen
from inspection.conflicts
left join inspection.records on conflicts.source_key = records.record_key
where
    ($past or conflicts.status in ('open', 'noted'))
    and ($conflict is null or conflicts.conflict_id = $conflict)
order by
    conflicts.status = 'open' desc, conflicts.noted_at desc nulls first,
    conflicts.source_key asc, conflicts.property asc, conflicts.losing_key asc
limit 50 offset $offset

-- One row per losing value of a star or of a record, the newest first.
select
    conflict_id, left(conflict_id, $short) as id, source_key, property, winning_system,
    winning_value, losing_system, losing_key, losing_value, rule, run_id, status,
    noted_at
from inspection.conflicts
where list_contains($sources, source_key) or list_contains($keys, losing_key)
order by noted_at desc nulls first, property asc, losing_key asc

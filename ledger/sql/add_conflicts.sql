-- Values that lost in this run.
insert into ledger.conflicts
select
    md5(concat_ws('|', source_key, property, losing_key, losing_value, $run_id))
        as conflict_id,
    source_key, property, winning_system, winning_key, winning_value,
    losing_system, losing_key, losing_value, rule, $run_id as run_id,
    $now as noted_at, status
from warehouse.merging.merge_conflicts;

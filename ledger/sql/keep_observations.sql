-- What the build has believed of what it was shown.
delete from ledger.observations
using warehouse.merging.merge_ledger_observations as changed
where
    observations.record_key = changed.record_key
    and observations.property = changed.property;

insert into ledger.observations by name
select
    record_key, property, name, observed, delivered, is_delivered, awaits_answer,
    $run_id as run_id, $now as observed_at
from warehouse.merging.merge_ledger_observations;

-- What is agreed on from now on; what it replaces stays in the history.
insert into ledger.value_history by name
select
    source_key, property, previous_value, agreed_value, won_by, won_at, rule,
    typed_by, $run_id as run_id, $now as agreed_at
from warehouse.merging.merge_ledger_agreed_values;

delete from ledger.agreed_values
using warehouse.merging.merge_ledger_agreed_values as changed
where
    agreed_values.source_key = changed.source_key
    and agreed_values.property = changed.property;

insert into ledger.agreed_values
select
    source_key, property, agreed_value, won_by, won_at, rule,
    $run_id as run_id, $now as agreed_at
from warehouse.merging.merge_ledger_agreed_values;

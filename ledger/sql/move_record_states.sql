-- A record whose key has changed keeps its state.
delete from ledger.record_states
using warehouse.staging.stg_ledger__moved_records as moved
where moved.takes_over and record_states.record_key = moved.moved_to;

update ledger.record_states
set record_key = moved.moved_to
from warehouse.staging.stg_ledger__moved_records as moved
where moved.takes_over and record_states.record_key = moved.record_key;

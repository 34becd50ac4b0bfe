-- A record whose key has changed keeps what was observed of it.
delete from ledger.observations
using warehouse.staging.stg_ledger__moved_records as moved
where moved.takes_over and observations.record_key = moved.moved_to;

update ledger.observations
set record_key = moved.moved_to
from warehouse.staging.stg_ledger__moved_records as moved
where moved.takes_over and observations.record_key = moved.record_key;

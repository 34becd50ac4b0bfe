-- A step of the ledger after a push: a copy made in the middle of it is an old one.
update ledger.identity
set run_counter = run_counter + 1
from ledger.runs
where runs.run_id = $run_id and identity.run_counter > runs.run_number;

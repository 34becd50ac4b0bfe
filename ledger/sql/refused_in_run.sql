-- What a run was refused, by the fingerprints of the values.
select unnest(coalesce(from_json(refused_units, '["VARCHAR"]'), [payload_hash]))
from ledger.writes
where run_id = $run_id and event = 'receipt' and status = 'refused'

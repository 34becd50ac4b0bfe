-- A person's decision, at the step that the ledger has come to.
insert into ledger.decisions (
    decision_id, kind, flow, source_key, target_key, property, decided_value, reason,
    decided_by, decided_at, conflict_id, payload_hash, step
)
select
    $decision_id as decision_id, $kind as kind, $flow as flow,
    $source_key as source_key, $target_key as target_key, $property as property,
    $decided_value as decided_value, $reason as reason, $decided_by as decided_by,
    $now as decided_at, $conflict_id as conflict_id, $payload_hash as payload_hash,
    identity.run_counter as step
from ledger.identity

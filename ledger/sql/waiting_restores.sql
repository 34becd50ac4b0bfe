-- Whether a decision to restore a value waits: no run has carried it out, and nobody
-- has taken it back.
select 1 as waits
from ledger.decisions
left join ledger.done_decisions
    on decisions.decision_id = done_decisions.decision_id
left join ledger.withdrawn_decisions
    on decisions.decision_id = withdrawn_decisions.decision_id
where
    done_decisions.decision_id is null
    and withdrawn_decisions.decision_id is null
    and decisions.kind = 'restore'
    and decisions.source_key = $source_key
    and decisions.property = $property
    and decisions.decided_value is not distinct from $decided_value

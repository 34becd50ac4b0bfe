-- Refused values that a person has acknowledged, by their fingerprints.
select decisions.payload_hash
from ledger.decisions
left join ledger.withdrawn_decisions
    on decisions.decision_id = withdrawn_decisions.decision_id
where
    decisions.kind = 'acknowledge'
    and decisions.payload_hash is not null
    and withdrawn_decisions.decision_id is null

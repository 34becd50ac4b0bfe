-- What is to be put back of what came over a link, and waits for a run.
select decisions.kind, decisions.property
from ledger.decisions
left join ledger.withdrawn_decisions
    on decisions.decision_id = withdrawn_decisions.decision_id
left join ledger.done_decisions
    on decisions.decision_id = done_decisions.decision_id
where
    decisions.kind in ('put_back_source', 'put_back_target')
    and decisions.flow = $flow
    and decisions.source_key = $source_key
    and decisions.target_key = $target_key
    and withdrawn_decisions.decision_id is null
    and done_decisions.decision_id is null

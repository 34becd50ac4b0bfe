-- The newest decision about a link of two records that nobody has taken back.
select decisions.kind, decisions.decided_by, decisions.decided_at
from ledger.decisions
left join ledger.withdrawn_decisions
    on decisions.decision_id = withdrawn_decisions.decision_id
where
    decisions.kind in ('link', 'unlink')
    and decisions.flow = $flow
    and decisions.source_key = $source_key
    and decisions.target_key = $target_key
    and withdrawn_decisions.decision_id is null
order by
    coalesce(decisions.step, 0) desc, decisions.decided_at desc,
    decisions.decision_id desc
limit 1

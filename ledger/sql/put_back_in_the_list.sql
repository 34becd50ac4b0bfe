-- A losing value whose decision is taken back is in the list again. Decisions from
-- before there were ids of conflicts in them go by the value.
update ledger.conflicts
set status = case when rule = 'first_meeting' then 'noted' else 'open' end
from ledger.decisions
where
    decisions.decision_id = $decision_id
    and conflicts.status
    = case decisions.kind when 'restore' then 'restored' else 'acknowledged' end
    and case
        when decisions.conflict_id is not null
            then conflicts.conflict_id = decisions.conflict_id
        else
            conflicts.source_key = decisions.source_key
            and conflicts.property = decisions.property
            and conflicts.losing_value is not distinct from decisions.decided_value
    end

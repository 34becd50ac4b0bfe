-- What became of people's decisions. What could not be restored is a losing value like
-- before.
insert into ledger.done_decisions by name
select decision_id, $run_id as run_id, $now as done_at, outcome
from warehouse.merging.merge_ledger_done_decisions;

update ledger.conflicts
set status = case when rule = 'first_meeting' then 'noted' else 'open' end
from warehouse.merging.merge_ledger_done_decisions as done
where
    conflicts.conflict_id = done.conflict_id
    and done.outcome in ('link_ended', 'lapsed')
    and conflicts.status = 'restored';

-- What a person is not asked about any more: an answer was carried out, or something
-- newer stands there. (The value that they chose stays `restored`.)
update ledger.conflicts
set status = 'lapsed'
from warehouse.merging.merge_ledger_lapsed_questions as lapsed
where
    conflicts.conflict_id = lapsed.conflict_id
    and conflicts.status <> 'restored';

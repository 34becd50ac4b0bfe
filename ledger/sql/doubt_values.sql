-- What an old ledger remembers of values that have changed since counts no more: all
-- members of those stars are heard anew.
update ledger.observations
set in_doubt = true, is_delivered = false
from warehouse.merging.merge_doubts as doubts
where
    observations.record_key = doubts.member_key
    and observations.property = doubts.property;

delete from ledger.agreed_values
using warehouse.merging.merge_doubts as doubts
where
    agreed_values.source_key = doubts.source_key
    and agreed_values.property = doubts.property;

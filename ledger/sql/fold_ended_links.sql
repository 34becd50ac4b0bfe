-- Links of records that were deleted.
update ledger.links
set
    ended_at = deleted.event_at,
    ended_because = 'deleted',
    ended_run_id = deleted.run_id
from newly_done as deleted
where
    deleted.operation = 'delete'
    and links.ended_at is null
    and links.target_key = deleted.record_key;

-- Links of created records. They are one-to-one, so one that a person made meanwhile
-- stays.
insert into ledger.links (
    flow, source_key, target_key, matched_by, established_at, established_run_id
)
select
    newly_done.flow,
    newly_done.source_key,
    newly_done.record_key,
    coalesce(newly_done.matched_by, 'created') as matched_by,
    newly_done.event_at,
    newly_done.run_id
from newly_done
where
    newly_done.operation = 'create'
    and not exists (
        select 1 from ledger.links
        where
            links.ended_at is null
            and links.target_key = newly_done.record_key
    )
    and not exists (
        select 1 from ledger.links
        where
            links.ended_at is null
            and links.flow = newly_done.flow
            and links.source_key = newly_done.source_key
    );

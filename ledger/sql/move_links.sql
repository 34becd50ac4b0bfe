-- A record whose key has changed keeps its links. Each goes on under the new key, and
-- stands once more under the old one, ended, for whoever looks for that.
insert into ledger.links (
    flow, source_key, target_key, matched_by, established_at, established_run_id,
    ended_at, ended_because, ended_run_id
)
select
    links.flow, links.source_key, links.target_key, links.matched_by,
    links.established_at, links.established_run_id,
    $now as ended_at,
    'its key is now ' || moved.moved_to as ended_because, $run_id as ended_run_id
from ledger.links as links
inner join warehouse.staging.stg_ledger__moved_records as moved
    on links.target_key = moved.record_key
where moved.takes_over and links.ended_at is null;

update ledger.links
set
    target_key = moved.moved_to,
    gone_key = case
        when links.gone_key = links.target_key then moved.moved_to
        else links.gone_key
    end
from warehouse.staging.stg_ledger__moved_records as moved
where
    moved.takes_over
    and links.target_key = moved.record_key
    and links.ended_run_id is distinct from $run_id;

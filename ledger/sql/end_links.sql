-- Links that the build has ended, each with its reason.
update ledger.links
set
    ended_at = $now,
    ended_run_id = $run_id,
    ended_because = ended.ended_because,
    gone_key = ended.gone_key,
    ended_policy = ended.ended_policy
from warehouse.matching.match_ended_links as ended
where
    links.flow = ended.flow
    and links.source_key = ended.source_key
    and links.target_key = ended.target_key
    and links.ended_at is null;

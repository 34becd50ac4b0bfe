-- Links that the build has found.
insert into ledger.links (
    flow, source_key, target_key, matched_by, established_at, established_run_id
)
select
    flow, source_key, target_key, matched_by, $now as established_at,
    $run_id as established_run_id
from warehouse.matching.match_new_links;

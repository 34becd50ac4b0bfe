-- The newest link of two records, whether it stands or why it ended.
select flow, ended_because
from ledger.links
where source_key = $source_key and target_key = $target_key
order by ended_at desc nulls first
limit 1

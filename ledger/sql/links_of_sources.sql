-- The links of some source records, each in its flow.
select links.flow, links.source_key, links.target_key
from ledger.links
where
    links.ended_at is null
    and (links.flow, links.source_key) in (select unnest($flows), unnest($source_keys))

-- What a source record is linked with in a flow.
select target_key from ledger.links
where ended_at is null and flow = $flow and source_key = $source_key

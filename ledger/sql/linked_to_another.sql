-- Whether a record is the target of another source than this one.
select 1 as is_another from ledger.links
where
    ended_at is null
    and target_key = $target_key
    and not (flow = $flow and source_key = $source_key)

-- Which of some records are linked as targets.
select target_key from ledger.links
where ended_at is null and target_key in (select unnest($target_keys))

-- The record that a value is from which a person had restored before.
select target_key from ledger.decisions
where
    kind = 'restore' and source_key = $source_key and property = $property
    and decided_value is not distinct from $decided_value
order by coalesce(step, 0) desc, decided_at desc
limit 1

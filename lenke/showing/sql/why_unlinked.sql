-- One row per flow in which one of the records is without a link, as a source or as
-- somebody's candidate.
select
    flow, source_key, source_name, outcome, held_because, reason, details, next_step,
    candidates, candidate_keys, matched_by
from inspection.unlinked
where
    list_contains($keys, source_key)
    or list_has_any($keys, string_split(candidate_keys, ', '))
order by flow, source_key

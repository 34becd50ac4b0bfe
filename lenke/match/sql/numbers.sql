-- What a rule does, in numbers.
select
    compares, mode, is_active, source_records, sources_with_key, target_records,
    targets_with_key, linked, new_links, only_new_links, ambiguous, alone_sources,
    alone_targets
from inspection.inspect_match_rules
where flow = $flow and combination = $combination

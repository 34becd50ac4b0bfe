-- What a rule does, in numbers; what is linked already, or alone, is so in its flow.
select
    compares, mode, is_active, source_records, sources_with_key, target_records,
    targets_with_key, new_links, only_new_links, ambiguous, alone_targets,
    (
        select count(*) from matching.match_links
        where flow = $flow and not is_new
    ) as linked,
    (
        select count(*) from matching.match_unlinked_sources
        where flow = $flow and outcome <> 'ambiguous'
    ) as alone_sources
from inspection.inspect_match_rules
where flow = $flow and combination = $combination

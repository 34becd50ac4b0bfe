-- Examples of what a rule does, with the records' names.
select
    examples.outcome,
    examples.source_key,
    sources.record_name as source_name,
    examples.target_key,
    targets.record_name as target_name,
    examples.shown
from inspection.inspect_match_examples as examples
left join inspection.records as sources on examples.source_key = sources.record_key
left join inspection.records as targets on examples.target_key = targets.record_key
where examples.flow = $flow and examples.combination = $combination
order by examples.outcome, examples.place, examples.target_key

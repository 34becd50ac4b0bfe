-- What the two records of an example hold, side by side.
select distinct
    sides.source_key,
    sides.target_key,
    sides.source_name,
    sides.source_value,
    sides.target_name,
    sides.target_value,
    (lower(sides.source_value) is distinct from lower(sides.target_value)) as differs
from inspection.inspect_match_sides as sides
inner join inspection.inspect_match_examples as examples
    on
        sides.flow = examples.flow
        and sides.source_key = examples.source_key
        and sides.target_key = examples.target_key
where examples.flow = $flow and examples.combination = $combination
order by all

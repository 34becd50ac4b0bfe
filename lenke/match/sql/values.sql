-- Values that identify badly: what identifies nobody, and what many share.
select why, shown, sources, targets
from inspection.inspect_match_values
where flow = $flow and combination = $combination
order by sources + targets desc, shown
limit 20

-- One row per source record of the flow without a link, and why: what is held first.
select *, count(*) over () as in_all
from inspection.unlinked
where flow = $flow
order by
    case outcome when 'ambiguous' then 1 when 'held' then 2 else 3 end,
    outcome, source_name, source_key
limit 50 offset $offset

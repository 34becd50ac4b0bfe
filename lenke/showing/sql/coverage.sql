-- One row per flow, in the order of the seed. (What an older Lenke has published lacks
-- the last columns.)
select
    flow, mode, source_records, linked, to_create, unmatched, ambiguous, held, resting,
    excluded, before_start, rests_because
from (
    select * from inspection.coverage
    union all by name
    select
        null::bigint as resting, null::bigint as excluded,
        null::bigint as before_start, null::varchar as rests_because
    where false
)
order by seed_order

-- One row per flow, in the order of the seed. (What an older Lenke has published lacks
-- the last columns.)
select
    flow, mode, source_records, linked, to_create, unmatched, ambiguous, held, resting,
    excluded, before_start, rests_because
from (
    select * from inspection.coverage
    union all by name
    select
        cast(null as bigint) as resting, cast(null as bigint) as excluded,
        cast(null as bigint) as before_start, cast(null as varchar) as rests_because
    where false
) as flows
order by seed_order

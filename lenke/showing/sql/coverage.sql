-- One row per flow, in the order of the seed.
select
    flow, mode, source_records, linked, to_create, unmatched, ambiguous, held, resting,
    excluded, before_start, rests_because
from inspection.coverage
order by seed_order

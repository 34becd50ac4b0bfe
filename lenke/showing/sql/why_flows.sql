-- One row per flow.
select flow, mode, is_active, rests_because
from inspection.coverage
order by seed_order

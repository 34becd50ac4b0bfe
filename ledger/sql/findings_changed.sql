-- One row when the build's findings are others than the remembered ones, or than those
-- that people let stand; on a quiet day there is none, and nothing is written down.
with done as (
    select decision_id from ledger.done_decisions
),

known as (
    select finding_id from ledger.findings
    union
    select decisions.payload_hash as finding_id
    from ledger.decisions
    left join done on decisions.decision_id = done.decision_id
    where decisions.kind = 'acknowledge_finding' and done.decision_id is null
)

select count(*) as changed
from warehouse.inspection.inspect_findings as found
full join known on found.finding_id = known.finding_id
where found.finding_id is null or known.finding_id is null
having count(*) > 0

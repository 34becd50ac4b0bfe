-- One row when the build's findings are others than the remembered ones, or than those
-- that people let stand; on a quiet day there is none, and nothing is written down.
select 1 as changed
from warehouse.inspection.inspect_findings as findings
full join (
    select finding_id from ledger.findings
    union
    select payload_hash as finding_id
    from ledger.decisions
    where
        kind = 'acknowledge_finding'
        and decision_id not in (select decision_id from ledger.done_decisions)
) as known on findings.finding_id = known.finding_id
where findings.finding_id is null or known.finding_id is null
limit 1

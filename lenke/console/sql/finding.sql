-- One row: the finding.
select *, 1 as in_all
from inspection.findings
where finding_id = $finding

-- One row per kind of finding and what it stops.
select kind, count(*) as findings
from inspection.findings
where acknowledged_at is null
group by kind
order by findings desc, kind asc

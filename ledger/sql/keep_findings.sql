-- Since when findings are there, and what is acknowledged of them. While a system can't
-- be told, nothing is forgotten but what concerns a system.
create temporary table gone_findings as
select known.finding_id
from (
    select finding_id, record_key from ledger.findings
    union
    select payload_hash as finding_id, source_key as record_key
    from ledger.decisions
    where kind = 'acknowledge_finding'
) as known
where
    not exists (
        select 1 from warehouse.inspection.inspect_findings as findings
        where findings.finding_id = known.finding_id
    )
    and (
        not contains(known.record_key, ':')
        or not exists (
            select 1 from warehouse.matching.match_systems as systems
            where
                systems.is_configured
                and not systems.is_usable
                and systems.is_paused is distinct from true
        )
    );

insert into ledger.done_decisions by name
select decisions.decision_id, $run_id as run_id, $now as done_at, 'over' as outcome
from ledger.decisions as decisions
inner join gone_findings on decisions.payload_hash = gone_findings.finding_id
left join ledger.done_decisions as done
    on decisions.decision_id = done.decision_id
where decisions.kind = 'acknowledge_finding' and done.decision_id is null;

delete from ledger.findings
using gone_findings
where findings.finding_id = gone_findings.finding_id;

drop table gone_findings;

insert into ledger.findings
select
    findings.finding_id, findings.record_key, $run_id as run_id, $now as first_seen_at
from warehouse.inspection.inspect_findings as findings
left join ledger.findings as known on findings.finding_id = known.finding_id
where known.finding_id is null;

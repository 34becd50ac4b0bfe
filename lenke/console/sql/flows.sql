-- One row per flow: what of it is in step, what waits, what is held or left out.
with planned as (
    select flow, count(*) as writes from inspection.plan group by flow
),

out_of_step as (
    select
        links.flow, count(distinct links.target_key) as links,
        count(distinct links.target_key) filter (sights.outcome = 'held') as held
    from inspection.sights
    inner join inspection.links
        on
            sights.source_key = links.source_key
            and sights.record_key in (links.source_key, links.target_key)
    where
        links.ended_at is null
        and coalesce(sights.outcome, '') not in ('as_stored', 'left_alone')
    group by links.flow
)

select
    coverage.flow, coverage.mode, coverage.source_records, coverage.linked,
    greatest(coverage.linked - coalesce(out_of_step.links, 0), 0) as in_step,
    coalesce(planned.writes, 0) as waiting,
    coverage.held + coalesce(out_of_step.held, 0) as held,
    coverage.unmatched, coverage.ambiguous, coverage.excluded, coverage.resting,
    coverage.is_active, coverage.rests_because
from inspection.coverage
left join planned on coverage.flow = planned.flow
left join out_of_step on coverage.flow = out_of_step.flow
where $flow is null or coverage.flow = $flow
order by coverage.seed_order

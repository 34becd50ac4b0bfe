-- The links as the next run will have them: those in force that nobody wants ended, and
-- those that are decided on and that no run has made yet, with the decision. Decisions
-- `without` do not count.
with ranked as (
    select
        decisions.*,
        row_number() over (
            partition by decisions.flow, decisions.source_key, decisions.target_key
            order by
                coalesce(decisions.step, 0) desc, decisions.decided_at desc,
                decisions.decision_id desc
        ) as newest_first
    from ledger.decisions
    left join ledger.withdrawn_decisions
        on decisions.decision_id = withdrawn_decisions.decision_id
    where
        decisions.kind in ('link', 'unlink')
        and withdrawn_decisions.decision_id is null
        and not list_contains(cast($without as varchar[]), decisions.decision_id)
),

newest as (
    select * from ranked
    where newest_first = 1
)

select
    links.flow, links.source_key, links.target_key,
    null as decision_id, null as decided_by, null as decided_at
from ledger.links
left join newest
    on
        links.flow = newest.flow
        and links.source_key = newest.source_key
        and links.target_key = newest.target_key
        and newest.kind = 'unlink'
where links.ended_at is null and newest.decision_id is null

union all

select
    newest.flow, newest.source_key, newest.target_key, newest.decision_id,
    newest.decided_by, newest.decided_at
from newest
where
    newest.kind = 'link'
    and not exists (
        select 1
        from ledger.links
        left join ledger.runs on links.established_run_id = runs.run_id
        where
            links.flow = newest.flow
            and links.source_key = newest.source_key
            and links.target_key = newest.target_key
            and (
                links.ended_at is null
                or case
                    when newest.step is not null then runs.run_number > newest.step
                    else links.established_at >= newest.decided_at
                end
            )
    )

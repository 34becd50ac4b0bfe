-- One row per flow, system or record that a person has paused, and that nobody has
-- resumed: the same rule as in match_pauses, of the ledger as it is now.
with standing as (
    select
        coalesce(decisions.flow, decisions.target_key, decisions.source_key) as paused,
        decisions.kind,
        timezone('UTC', cast(decisions.decided_value as timestamptz)) as paused_until,
        row_number() over (
            partition by
                coalesce(decisions.flow, decisions.target_key, decisions.source_key)
            order by
                coalesce(decisions.step, 0) desc, decisions.decided_at desc,
                decisions.decision_id desc
        ) as newest_first
    from ledger.decisions as decisions
    left join ledger.withdrawn_decisions as withdrawn
        on decisions.decision_id = withdrawn.decision_id
    where decisions.kind in ('pause', 'resume') and withdrawn.decision_id is null
)

select paused, paused_until
from standing
where
    newest_first = 1
    and kind = 'pause'
    and coalesce(paused_until > $now, true)
order by paused

-- One row per change of an agreed value of a star, the newest first.
select
    history.source_key, history.property, history.value_from, history.value_to,
    history.won_by, history.won_by_name, history.rule, history.typed_at,
    history.typed_by, history.run_id, history.agreed_at, history.writes,
    history.writes_done, history.write_ids, decisions.decided_by, decisions.reason
from inspection.history
left join inspection.decisions
    on
        starts_with(history.won_by, 'lenke:')
        and split_part(history.won_by, ':', 3) = decisions.decision_id
where list_contains($sources, history.source_key)
order by history.agreed_at desc, history.property asc

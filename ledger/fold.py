"""Fold the receipts of writes that were done into the state, once each.

A push appends receipts only, which is quick; here they become observations, record
states and links, set by set, in one transaction. Folding again changes nothing.
"""

from connections.machine import crash_points
from ledger.ledger import Ledger
from ledger.matched_by import ADOPTED
from ledger.newly_done import NEWLY_DONE, UNFOLDED, WAITING

# What an adopted record holds was not written by us: it is met for the first time. A
# member that could not be read back counts as stored as it was sent, until it is seen.
# One that was sent twice in one write was stored as it was sent last.
_OBSERVATIONS = """
merge into ledger.observations as observations
using (
    with kept as (
        select newly_done.*, members.key as property, members.value as observed
        from newly_done, json_each(newly_done.stored) as members
        where json_valid(newly_done.stored) and not newly_done.is_adopted
    ),
    sent as (
        select
            newly_done.*,
            json_extract_string(members.value, '$.property') as property,
            cast(json_extract(members.value, '$.after') as varchar) as after,
            json_extract_string(members.value, '$.delivered') as delivered
        from newly_done, json_each(newly_done.changes) as members
        where json_valid(newly_done.changes) and not newly_done.is_adopted
        qualify
            row_number() over (
                partition by newly_done.write_id, property
                order by cast(members.key as integer) desc
            ) = 1
    ),
    told as (
        select
            coalesce(kept.write_id, sent.write_id) as write_id,
            coalesce(kept.record_key, sent.record_key) as record_key,
            coalesce(kept.property, sent.property) as property,
            coalesce(kept.run_id, sent.run_id) as run_id,
            coalesce(kept.event_at, sent.event_at) as event_at,
            coalesce(cast(kept.observed as varchar), sent.after, 'null') as observed,
            sent.delivered,
            sent.write_id is not null as is_delivered
        from kept
        full outer join sent
            on kept.write_id = sent.write_id and kept.property = sent.property
    ),
    newest as (
        select
            told.record_key,
            told.property,
            max_by(told.write_id, struct_pack(at := told.event_at, id := told.write_id))
                as write_id
        from told
        group by told.record_key, told.property
    )
    select told.*
    from told
    inner join newest
        on told.write_id = newest.write_id and told.property = newest.property
) as written
on
    observations.record_key = written.record_key
    and observations.property = written.property
when matched then update set
    observed = written.observed,
    delivered = written.delivered,
    is_delivered = written.is_delivered,
    awaits_answer = true,
    run_id = written.run_id,
    observed_at = written.event_at,
    in_doubt = false
when not matched then insert (
    record_key, property, observed, delivered, is_delivered, awaits_answer, run_id,
    observed_at
) values (
    written.record_key, written.property, written.observed, written.delivered,
    written.is_delivered, true, written.run_id, written.event_at
)
"""

# `waits`: the next build looks at the record. `written_at` says that the observations
# are newer than a listing.
_RECORD_STATES = """
merge into ledger.record_states as states
using (
    select * replace (case when not is_adopted then written_at end as written_at)
    from newly_done
    where newest_first = 1 and operation <> 'delete'
) as written
on states.record_key = written.record_key
when matched then update set
    change_stamp = written.stored_stamp,
    stamp_is_ours = not written.is_adopted,
    record_version = written.stored_version,
    waits = true,
    written_at = coalesce(written.written_at, states.written_at),
    run_id = written.run_id
when not matched then insert (
    record_key, content_hash, change_stamp, stamp_is_ours, record_version,
    seeds_version, waits, written_at, run_id
) values (
    written.record_key, null, written.stored_stamp, not written.is_adopted,
    written.stored_version, null, true, written.written_at, written.run_id
)
"""

# Links are one-to-one: one that a person made meanwhile stays.
_LINKS = """
insert into ledger.links (
    flow, source_key, target_key, matched_by, established_at, established_run_id
)
select
    newly_done.flow,
    newly_done.source_key,
    newly_done.record_key,
    coalesce(newly_done.matched_by, 'created'),
    newly_done.event_at,
    newly_done.run_id
from newly_done
where
    newly_done.operation = 'create'
    and not exists (
        select 1 from ledger.links
        where
            links.ended_at is null
            and (
                links.target_key = newly_done.record_key
                or (
                    links.flow = newly_done.flow
                    and links.source_key = newly_done.source_key
                )
            )
    )
"""

_ENDED_LINKS = """
update ledger.links
set
    ended_at = deleted.event_at,
    ended_because = 'deleted',
    ended_run_id = deleted.run_id
from newly_done as deleted
where
    deleted.operation = 'delete'
    and links.ended_at is null
    and links.target_key = deleted.record_key
"""

_FOLDED = f"""
insert into ledger.folded_writes (write_id, folded_at)
select distinct receipts.write_id, cast($now as timestamp)
{UNFOLDED}
"""


def fold(ledger: Ledger) -> int:
    """Fold all receipts that are not folded yet; give their number.

    Not one byte of the ledger changes when there is none.
    """
    [(waiting,)] = ledger.fetch(WAITING)
    if not waiting:
        return 0
    crash_points.reached(crash_points.BEFORE_FOLD)
    with ledger.transaction() as connection:
        connection.execute(NEWLY_DONE, {"adopted": ADOPTED})
        for statement in (_OBSERVATIONS, _RECORD_STATES, _LINKS, _ENDED_LINKS):
            connection.execute(statement)
            crash_points.reached(crash_points.INSIDE_FOLD)
        connection.execute(_FOLDED, {"now": ledger.now()})
        connection.execute("drop table newly_done")
    crash_points.reached(crash_points.AFTER_FOLD)
    return int(waiting)

"""Write down what a build decided: one transaction on the ledger, before any write.

The decisions are tables that dbt made; this only copies them. It is the moment at
which a plan becomes the remembered state: killed before it, nothing happened; killed
after it, the next run goes on from here.
"""

from collections.abc import Iterable
from pathlib import Path

from connections.machine import crash_points
from ledger.ledger import Ledger
from ledger.moved_records import MOVED

NEW_LINKS = """
    insert into ledger.links (
        flow, source_key, target_key, matched_by, established_at, established_run_id
    )
    select flow, source_key, target_key, matched_by, $now, $run_id
    from warehouse.matching.match_new_links
"""

# A step: a copy of the ledger from before the push is behind what `ledger.id` is told.
_STEP = """
    update ledger.identity
    set run_counter = run_counter + 1
    where
        exists (select 1 from warehouse.outbound.outbound_requests)
        or exists (select 1 from warehouse.matching.match_new_links)
        or exists (select 1 from warehouse.matching.match_ended_links)
        or exists (select 1 from warehouse.merging.merge_conflicts)
        or exists (
            select 1 from warehouse.staging.stg_ledger__moved_records where takes_over
        )
"""

# Each statement has the parameters $run_id and $now.
_STATEMENTS = (
    *MOVED,
    NEW_LINKS,
    """
    update ledger.links
    set
        ended_at = $now,
        ended_run_id = $run_id,
        ended_because = ended.ended_because,
        gone_key = ended.gone_key,
        ended_policy = ended.ended_policy
    from warehouse.matching.match_ended_links as ended
    where
        links.flow = ended.flow
        and links.source_key = ended.source_key
        and links.target_key = ended.target_key
        and links.ended_at is null
    """,
    """
    insert into ledger.value_history
    select
        source_key, property, previous_value, agreed_value, won_by, won_at, rule,
        $run_id, $now
    from warehouse.merging.merge_ledger_agreed_values
    """,
    """
    delete from ledger.agreed_values
    using warehouse.merging.merge_ledger_agreed_values as changed
    where
        agreed_values.source_key = changed.source_key
        and agreed_values.property = changed.property
    """,
    """
    insert into ledger.agreed_values
    select
        source_key, property, agreed_value, won_by, won_at, rule, $run_id, $now
    from warehouse.merging.merge_ledger_agreed_values
    """,
    """
    delete from ledger.observations
    using warehouse.merging.merge_ledger_observations as changed
    where
        observations.record_key = changed.record_key
        and observations.property = changed.property
    """,
    """
    insert into ledger.observations by name
    select
        record_key, property, name, observed, delivered, is_delivered, awaits_answer,
        $run_id as run_id, $now as observed_at
    from warehouse.merging.merge_ledger_observations
    """,
    """
    create temporary table written as
    select states.record_key, states.written_at
    from ledger.record_states as states
    inner join warehouse.merging.merge_ledger_record_states as changed
        on states.record_key = changed.record_key
    """,
    """
    delete from ledger.record_states
    using warehouse.merging.merge_ledger_record_states as changed
    where record_states.record_key = changed.record_key
    """,
    """
    insert into ledger.record_states
    select
        changed.record_key, changed.content_hash, changed.change_stamp,
        changed.stamp_is_ours, changed.record_version, changed.seeds_version,
        changed.waits, written.written_at, $run_id
    from warehouse.merging.merge_ledger_record_states as changed
    left join written on changed.record_key = written.record_key
    """,
    "drop table written",
    """
    insert into ledger.conflicts
    select
        md5(concat_ws('|', source_key, property, losing_key, losing_value, $run_id)),
        source_key, property, winning_system, winning_key, winning_value,
        losing_system, losing_key, losing_value, rule, $run_id, $now, status
    from warehouse.merging.merge_conflicts
    """,
    """
    insert into ledger.done_decisions by name
    select decision_id, $run_id as run_id, $now as done_at, outcome
    from warehouse.merging.merge_ledger_done_decisions
    """,
    # What could not be restored is a losing value like before.
    """
    update ledger.conflicts
    set status = case when rule = 'first_meeting' then 'noted' else 'open' end
    from warehouse.merging.merge_ledger_done_decisions as done
    where
        conflicts.conflict_id = done.conflict_id
        and done.outcome = 'link_ended'
        and conflicts.status = 'restored'
    """,
    """
    insert into ledger.listings
    select
        found.listing_id, $run_id, found.system_name, found.entity,
        timezone('UTC', cast(found.started_at as timestamp with time zone)),
        found.records
    from warehouse.raw.listings as found
    inner join warehouse.matching.match_systems as systems
        on found.system_name = systems.system_name
    left join ledger.listings as known on found.listing_id = known.listing_id
        and found.entity = known.entity and found.system_name = known.system_name
    where
        found.kind = 'full' and found.complete and systems.is_usable
        and known.listing_id is null
    """,
    """
    delete from ledger.resting_properties as rested
    using warehouse.matching.match_systems as systems
    where
        rested.system_name = systems.system_name
        and systems.is_usable
        and not exists (
            select 1 from warehouse.merging.merge_resting_properties as resting
            where
                resting.system_name = rested.system_name
                and resting.entity = rested.entity
                and resting.name = rested.name
        )
    """,
    """
    insert into ledger.resting_properties
    select resting.system_name, resting.entity, resting.name, $run_id, $now
    from warehouse.merging.merge_resting_properties as resting
    left join ledger.resting_properties as known
        on resting.system_name = known.system_name
        and resting.entity = known.entity and resting.name = known.name
    where known.name is null
    """,
    """
    insert into ledger.first_run_writes
    select requests.flow, requests.write_key, $run_id
    from warehouse.outbound.outbound_requests as requests
    inner join warehouse.outbound.outbound_first_runs as first_runs
        on requests.flow = first_runs.flow
    where
        first_runs.begins
        and (requests.operation = 'create' or requests.is_first_meeting)
    """,
    """
    insert into ledger.settled_flows
    select flow, $now, $run_id
    from warehouse.outbound.outbound_first_runs
    where is_over
    """,
    """
    delete from ledger.first_run_writes
    using warehouse.outbound.outbound_first_runs as first_runs
    where first_run_writes.flow = first_runs.flow and first_runs.is_over
    """,
)


def decide(ledger: Ledger, warehouse: Path, run_id: str) -> None:
    """Copy a build's decisions into the ledger, all of them or none, as one step.

    `ledger.id` is told of it before anything is sent. `warehouse` is the warehouse's
    file; nobody else may have it open. Raises StopRun when the ledger can't be written.
    """
    write_down(ledger, warehouse, run_id, (*_STATEMENTS, _STEP))
    ledger.tell()


def write_down(
    ledger: Ledger, warehouse: Path, run_id: str, statements: Iterable[str]
) -> None:
    """Run statements that read a build and write the ledger, in one transaction."""
    ledger.attach_warehouse(warehouse)
    try:
        now = ledger.now()
        crash_points.reached(crash_points.BEFORE_DECIDING)
        with ledger.transaction() as connection:
            for statement in statements:
                names = {"run_id": run_id, "now": now}
                used = {k: v for k, v in names.items() if f"${k}" in statement}
                connection.execute(statement, used or None)
                crash_points.reached(crash_points.INSIDE_DECIDING)
        crash_points.reached(crash_points.AFTER_DECIDING)
    finally:
        ledger.detach_warehouse()

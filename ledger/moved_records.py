"""Take what the ledger knows of a record along to the key that the record has now.

A contact person that moves to another company gets another id; it is the same record,
with its links, and with what was observed of it. The build says which (the model
stg_ledger__moved_records), and has decided as if the ledger said so already.
"""

# The link goes on under the new key, and stands once more under the old one, ended, for
# whoever looks for that.
_LINKS = (
    """
    insert into ledger.links (
        flow, source_key, target_key, matched_by, established_at, established_run_id,
        ended_at, ended_because, ended_run_id
    )
    select
        links.flow, links.source_key, links.target_key, links.matched_by,
        links.established_at, links.established_run_id, $now,
        'its key is now ' || moved.moved_to, $run_id
    from ledger.links as links
    inner join warehouse.staging.stg_ledger__moved_records as moved
        on links.target_key = moved.record_key
    where moved.takes_over and links.ended_at is null
    """,
    """
    update ledger.links
    set
        target_key = moved.moved_to,
        gone_key = case
            when links.gone_key = links.target_key then moved.moved_to
            else links.gone_key
        end
    from warehouse.staging.stg_ledger__moved_records as moved
    where
        moved.takes_over
        and links.target_key = moved.record_key
        and links.ended_run_id is distinct from $run_id
    """,
)

_OBSERVATIONS = (
    """
    delete from ledger.observations
    using warehouse.staging.stg_ledger__moved_records as moved
    where moved.takes_over and observations.record_key = moved.moved_to
    """,
    """
    update ledger.observations
    set record_key = moved.moved_to
    from warehouse.staging.stg_ledger__moved_records as moved
    where moved.takes_over and observations.record_key = moved.record_key
    """,
)

_RECORD_STATES = (
    """
    delete from ledger.record_states
    using warehouse.staging.stg_ledger__moved_records as moved
    where moved.takes_over and record_states.record_key = moved.moved_to
    """,
    """
    update ledger.record_states
    set record_key = moved.moved_to
    from warehouse.staging.stg_ledger__moved_records as moved
    where moved.takes_over and record_states.record_key = moved.record_key
    """,
)

# Each statement has the parameters $run_id and $now.
MOVED = (*_LINKS, *_OBSERVATIONS, *_RECORD_STATES)

-- Decisions that were taken back, what became of those that a run came to, and which
-- tenant of each system this ledger is about.

-- A value that is to be restored goes by the record that it is from: when the link of
-- that record has ended, it is not restored any more.
update ledger.decisions
set target_key = lost.losing_key
from (
    select source_key, property, losing_value, min(losing_key) as losing_key
    from ledger.conflicts
    where
        status = 'restored'
        and rule <> 'target_gone'
        and not starts_with(losing_key, 'lenke:')
    group by source_key, property, losing_value
    having count(distinct losing_key) = 1
) as lost
where
    decisions.kind = 'restore'
    and decisions.target_key is null
    and decisions.source_key = lost.source_key
    and decisions.property = lost.property
    and decisions.decided_value is not distinct from lost.losing_value;

-- `conflict_id`: the losing value that a restore or acknowledge is about. `step`: the
-- ledger's step that the decision is: what a later run did has a higher one, whatever
-- the clock said. Both are null for decisions from before.
alter table ledger.decisions add column conflict_id varchar;
alter table ledger.decisions add column step bigint;

-- `outcome`: carried_out (also null), superseded by a newer decision about the same
-- property, or link_ended: the value was of a record that was no member any more.
alter table ledger.done_decisions add column outcome varchar;

-- One row per decision that a person took back before a run had carried it out.
create table ledger.withdrawn_decisions (
    decision_id varchar not null,
    reason varchar,
    withdrawn_by varchar not null,
    withdrawn_at timestamp not null
);

-- One row per system and setting that chooses the tenant, as the system was read last
-- or as a person has accepted it. `value` is what is set, as it stands, or its HMAC
-- where it is a secret; `key_fingerprint` is of the key of that HMAC (null: no secret).
create table ledger.tenants (
    system_name varchar not null,
    setting varchar not null,
    value varchar not null,
    key_fingerprint varchar,
    accepted_at timestamp not null
);

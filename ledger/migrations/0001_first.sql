-- The remembered state of Lenke. Only reverse_etl/ writes here; dbt reads it through a
-- read-only attachment. All times are UTC. Native values are JSON text; canonical
-- values are plain text (see docs/words.md).

create schema ledger;

-- One row: which ledger this is, and the step that it has come to.
create table ledger.identity (
    ledger_id varchar not null,
    schema_version integer not null,
    run_counter bigint not null,
    created_at timestamp not null
);

-- One row per run: one turn of the circle.
create table ledger.runs (
    run_id varchar not null,
    run_number bigint not null,
    command varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    outcome varchar,
    exit_code integer,
    summary varchar
);

-- One row per link, past or present: a lasting pair of records in one flow. `gone_key`
-- is the record that was gone when it ended (null: a person ended it), `ended_policy` the
-- flow's policy for that then: a later one does not reach back.
create table ledger.links (
    flow varchar not null,
    source_key varchar not null,
    target_key varchar not null,
    matched_by varchar not null,
    established_at timestamp not null,
    established_run_id varchar not null,
    ended_at timestamp,
    ended_because varchar,
    ended_run_id varchar,
    gone_key varchar,
    ended_policy varchar
);

-- One row per star and property that has been agreed: the canonical value that the
-- whole star should have (null: emptied), and whose edit it was.
create table ledger.agreed_values (
    source_key varchar not null,
    property varchar not null,
    agreed_value varchar,
    won_by varchar,
    won_at timestamp,
    rule varchar not null,
    run_id varchar not null,
    agreed_at timestamp not null
);

-- One row per change of an agreed value, for `why` and for undoing. Only appended.
create table ledger.value_history (
    source_key varchar not null,
    property varchar not null,
    previous_value varchar,
    agreed_value varchar,
    won_by varchar,
    won_at timestamp,
    rule varchar not null,
    run_id varchar not null,
    agreed_at timestamp not null
);

-- One row per record and property (by the star's name for it): the native value that
-- we last believed, and the canonical value that it stands for. `is_delivered` is
-- false while it is unknown what the value stands for. `awaits_answer`: we have written
-- it, and no listing has shown since what the system made of that. `in_doubt`: it is from
-- a ledger that turned out to be an old one, and the record has changed since. `name` is
-- the system's own name for the property: null when only our write has been seen yet.
create table ledger.observations (
    record_key varchar not null,
    property varchar not null,
    observed varchar not null,
    delivered varchar,
    is_delivered boolean not null,
    awaits_answer boolean not null,
    run_id varchar not null,
    observed_at timestamp not null,
    in_doubt boolean not null default false,
    name varchar
);

-- One row per record that takes part: what the gate compares.
create table ledger.record_states (
    record_key varchar not null,
    content_hash varchar,
    change_stamp timestamp,
    stamp_is_ours boolean not null,
    record_version varchar,
    seeds_version varchar,
    waits boolean not null,
    written_at timestamp,
    run_id varchar not null
);

-- One row per event of a write: the intent before it is sent, the receipt after.
-- Only appended. A receipt repeats what a reader needs of its intent.
-- `properties_before` and `properties_after` go by the system's own names, `delivered`
-- and `stored` by the star's. `changes` (intents) is what was sent, with its JSON paths.
-- `status` (receipts): done, refused, moved, gone, not_applied are final; unknown and
-- held (several records could be the created one) stay open until they are settled.
-- `matched_by` (receipts of creates): created, or external_reference when adopted.
create table ledger.writes (
    write_id varchar not null,
    event varchar not null,
    run_id varchar not null,
    event_at timestamp not null,
    operation varchar not null,
    flow varchar not null,
    system_name varchar not null,
    entity varchar not null,
    record_id varchar,
    source_key varchar not null,
    properties_before varchar,
    properties_after varchar,
    delivered varchar,
    payload_hash varchar,
    status varchar,
    error varchar,
    stored varchar,
    stored_stamp timestamp,
    stored_version varchar,
    changes varchar,
    matched_by varchar
);

-- The receipts that have been folded into the state, so that folding can be repeated.
create table ledger.folded_writes (
    write_id varchar not null,
    folded_at timestamp not null
);

-- One row per losing value, whole, until a person acknowledges it.
create table ledger.conflicts (
    conflict_id varchar not null,
    source_key varchar not null,
    property varchar not null,
    winning_system varchar,
    winning_key varchar,
    winning_value varchar,
    losing_system varchar not null,
    losing_key varchar not null,
    losing_value varchar,
    rule varchar not null,
    run_id varchar not null,
    noted_at timestamp not null,
    status varchar not null
);

-- One row per decision of a person, only appended. `kind`: link and unlink (the newest
-- per pair counts), restore (a losing value becomes the agreed one), acknowledge.
create table ledger.decisions (
    decision_id varchar not null,
    kind varchar not null,
    flow varchar,
    source_key varchar,
    target_key varchar,
    property varchar,
    decided_value varchar,
    reason varchar,
    decided_by varchar,
    decided_at timestamp not null
);

-- One row per decision that a run has carried out: a restored value is restored once.
create table ledger.done_decisions (
    decision_id varchar not null,
    run_id varchar not null,
    done_at timestamp not null
);

-- One row per complete listing that a run believed: what the guard compares with.
create table ledger.listings (
    listing_id varchar not null,
    run_id varchar not null,
    system_name varchar not null,
    entity varchar not null,
    started_at timestamp not null,
    records bigint not null
);

-- One row per flow whose creates have once reached none: its first run is over.
create table ledger.settled_flows (
    flow varchar not null,
    settled_at timestamp not null,
    run_id varchar not null
);

-- One row per recovery: this ledger was found to be an old, lost or foreign one. Until a
-- person accepts it, runs only link what is proved to belong together.
create table ledger.recoveries (
    run_id varchar not null,
    noticed_at timestamp not null,
    what_was_seen varchar not null,
    accepted_at timestamp,
    accepted_run_id varchar
);

-- One row per flow and pair of unlinked records that a recovery found to look alike:
-- nothing is created for the source until a person has said whether they are the same.
create table ledger.look_alikes (
    flow varchar not null,
    source_key varchar not null,
    target_key varchar not null,
    run_id varchar not null
);

-- One row: the ledger as one digest, and the newest moment that is written down in it.
-- Of its runs and the listings that it believed, to which every run adds, it has only
-- what models look at: the newest run that was let pass, how long a list was.

with

writes as (

    select * from {{ source('ledger', 'writes') }}

),

links as (

    select * from {{ source('ledger', 'links') }}

),

record_states as (

    select * from {{ source('ledger', 'record_states') }}

),

value_history as (

    select * from {{ source('ledger', 'value_history') }}

),

conflicts as (

    select * from {{ source('ledger', 'conflicts') }}

),

decisions as (

    select * from {{ source('ledger', 'decisions') }}

),

observations as (

    select * from {{ source('ledger', 'observations') }}

),

which_ledger as (

    select ledger_id, schema_version from {{ source('ledger', 'identity') }}

),

let_pass as (

    select max(run_number) as run_number from {{ source('ledger', 'runs') }}
    where allows_mass_change

),

believed_listings as (

    select
        system_name,
        entity,
        {{ newest('records', 'started_at') }} as records
    from {{ source('ledger', 'listings') }}
    group by system_name, entity

),

events as (

    select max(event_at) as event_at from writes
    union all
    select max(greatest(established_at, ended_at)) as event_at from links
    union all
    select max(written_at) as event_at from record_states
    union all
    select max(agreed_at) as event_at from value_history
    union all
    select max(noted_at) as event_at from conflicts
    union all
    select max(decided_at) as event_at from decisions
    union all
    select max(observed_at) as event_at from observations

),

digests as (

    {{ [
        rows_digest('which_ledger', 'which_ledger'),
        rows_digest('let_pass', 'let_pass'),
        rows_digest('believed_listings', 'believed_listings'),
        rows_digest('writes', 'writes'),
        rows_digest('links', 'links'),
        rows_digest('record_states', 'record_states'),
        rows_digest('value_history', 'value_history'),
        rows_digest('conflicts', 'conflicts'),
        rows_digest('decisions', 'decisions'),
        rows_digest('observations', 'observations'),
        rows_digest('agreed_values', source('ledger', 'agreed_values')),
        rows_digest('done_decisions', source('ledger', 'done_decisions')),
        rows_digest('withdrawn_decisions', source('ledger', 'withdrawn_decisions')),
        rows_digest('resting_properties', source('ledger', 'resting_properties')),
        rows_digest('excluded_records', source('ledger', 'excluded_records')),
        rows_digest('settled_flows', source('ledger', 'settled_flows')),
        rows_digest('first_run_writes', source('ledger', 'first_run_writes')),
        rows_digest('look_alikes', source('ledger', 'look_alikes')),
        rows_digest('recoveries', source('ledger', 'recoveries')),
    ] | join(' union all ') }}

),

content as (

    select
        (select max(events.event_at) from events) as newest_event_at,
        {{ text_digest(sorted_text_list("part || ' ' || digest", "'|'")) }} as content
    from digests

)

select * from content

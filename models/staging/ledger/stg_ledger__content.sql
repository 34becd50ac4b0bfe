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

content as (

    select
        greatest(
            (select max(event_at) from writes),
            (select max(greatest(established_at, ended_at)) from links),
            (select max(written_at) from record_states),
            (select max(agreed_at) from value_history),
            (select max(noted_at) from conflicts),
            (select max(decided_at) from decisions),
            (select max(observed_at) from observations)
        ) as newest_event_at,
        {{ text_digest("concat_ws('|', " ~ [
            rows_digest('which_ledger'),
            rows_digest('let_pass'),
            rows_digest('believed_listings'),
            rows_digest('writes'),
            rows_digest('links'),
            rows_digest('record_states'),
            rows_digest('value_history'),
            rows_digest('conflicts'),
            rows_digest('decisions'),
            rows_digest('observations'),
            rows_digest(source('ledger', 'agreed_values')),
            rows_digest(source('ledger', 'done_decisions')),
            rows_digest(source('ledger', 'withdrawn_decisions')),
            rows_digest(source('ledger', 'resting_properties')),
            rows_digest(source('ledger', 'settled_flows')),
            rows_digest(source('ledger', 'first_run_writes')),
            rows_digest(source('ledger', 'look_alikes')),
            rows_digest(source('ledger', 'recoveries')),
        ] | join(', ') ~ ")") }} as content

)

select * from content

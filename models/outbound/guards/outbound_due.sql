{{ config(materialized='view') }}

-- One row per moment at which a rule that looks at the clock comes due, in seconds
-- since 1970; what is only known not to last is due at once. (The moments of a run are
-- later than those of the runs before: what compares two of them is in stg_inputs.)

with

records as (

    select record_key, system_name, entity, change_stamp, loaded_at
    from {{ ref('stg_records') }}

),

record_states as (

    select record_key, change_stamp from {{ ref('stg_ledger__record_states') }}

),

contacts as (

    select starts_at, ends_at from {{ ref('stg_membercare__company_contacts') }}

),

ended_links as (

    select ended_at from {{ ref('stg_ledger__links') }} where ended_at is not null

),

newest_full_listings as (

    select system_name, entity, max(started_at) as started_at
    from {{ ref('stg_run__listings') }}
    where kind = 'full' and complete
    group by system_name, entity

),

limits as (

    select
        3600 * {{ limit_named('confirm_again_hours') }} as confirm_again_s,
        86400 * {{ limit_named('rekeyed_days') }} as rekeyed_s
    from {{ ref('limits') }}

),

now as (

    select {{ oslo_clock(now_utc()) }} as now_in_oslo

),

-- A stamp that is ahead of the reading is none to go by. It comes to be one with a
-- later reading: by how much too early a clock may be said to have come, two hours do.
stamps_ahead as (

    select {{ epoch_seconds('change_stamp') }} - 7200 as due_s from records
    where change_stamp > loaded_at

    union all

    select {{ epoch_seconds('record_states.change_stamp') }} - 7200 as due_s
    from record_states
    inner join records on record_states.record_key = records.record_key
    where record_states.change_stamp > records.loaded_at

),

-- The clock in Norway is ahead of UTC by two hours at most.
contacts_to_come as (

    select {{ epoch_seconds('contacts.starts_at') }} - 7200 as due_s from contacts
    cross join now
    where contacts.starts_at > now.now_in_oslo

    union all

    select {{ epoch_seconds('contacts.ends_at') }} - 7200 as due_s from contacts
    cross join now
    where contacts.ends_at > now.now_in_oslo

),

suspected_anew as (

    select
        {{ epoch_seconds('records.loaded_at') }} + limits.confirm_again_s as due_s
    from records
    inner join newest_full_listings
        on
            records.system_name = newest_full_listings.system_name
            and records.entity = newest_full_listings.entity
    cross join limits
    where records.loaded_at < newest_full_listings.started_at

),

no_longer_rekeyed as (

    select {{ epoch_seconds('ended_links.ended_at') }} + limits.rekeyed_s as due_s
    from ended_links
    cross join limits

),

sent_again as (

    select held_until_s as due_s from {{ ref('outbound_payloads') }}

    union all

    select held_until_s as due_s from {{ ref('outbound_units') }}

),

paused as (

    select {{ epoch_seconds('paused_until') }} as due_s from {{ ref('match_pauses') }}
    where paused_until is not null

),

-- A guard counts what was sent within some hours, and a loop what was changed.
not_to_last as (

    select 0 as due_s from {{ ref('outbound_guards') }}

    union all

    select 0 as due_s from {{ ref('merge_loops') }}

),

due as (

    select due_s from stamps_ahead
    union all
    select due_s from contacts_to_come
    union all
    select due_s from suspected_anew
    union all
    select due_s from no_longer_rekeyed
    union all
    select due_s from sent_again
    union all
    select due_s from paused
    union all
    select due_s from not_to_last

)

select * from due

{{ config(materialized="view") }}

-- One row per record and property that we have written and that a listing has shown
-- since: the system's answer to our write. `is_ours`: nothing says that somebody else
-- has changed the record since, so whatever it holds is our own doing. `is_older`: it
-- bears an older stamp than our write left, so the listing lags behind, or the write
-- left nothing.

with

observations as (

    select record_key, property from {{ ref('stg_ledger__observations') }}
    where awaits_answer

),

members as (

    select * from {{ ref('merge_members') }}
    where is_available

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

seen_since as (

    select
        observations.record_key,
        observations.property,
        members.change_stamp,
        members.record_version,
        record_states.change_stamp as stamp_of_ours,
        record_states.record_version as version_of_ours,
        record_states.stamp_is_ours,
        {{ is_ahead(
            'record_states.change_stamp', 'members.loaded_at',
            'entities.clock_uncertainty_s + 86400'
        ) }} as stamp_of_ours_is_ahead,
        case
            when record_states.change_stamp is null
                then
                    {{ seconds_between(
                        'record_states.written_at', 'members.change_stamp'
                    ) }}
                    > entities.clock_uncertainty_s
            -- Each change has a version of its own: when somebody else's has the one
            -- that ours was said to have, then ours has left nothing.
            when members.record_version = record_states.record_version then false
            when members.change_stamp = record_states.change_stamp
                then members.record_version <> record_states.record_version
            -- A clock that was far ahead has been put right since.
            when
                {{ is_ahead(
                    'record_states.change_stamp', 'members.loaded_at',
                    'entities.clock_uncertainty_s + 86400'
                ) }}
                then true
            else members.change_stamp > record_states.change_stamp
        end as is_newer
    from observations
    inner join members on observations.record_key = members.member_key
    inner join record_states on observations.record_key = record_states.record_key
    inner join entities
        on
            members.system_name = entities.system_name
            and members.entity = entities.entity
    where members.loaded_at > record_states.written_at

),

answers as (

    select
        record_key,
        property,
        stamp_is_ours and not coalesce(is_newer, false) as is_ours,
        coalesce(
            stamp_is_ours
            and change_stamp < stamp_of_ours
            and not stamp_of_ours_is_ahead,
            false
        ) as is_older
    from seen_since

)

select * from answers

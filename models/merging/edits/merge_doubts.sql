-- One row per star, member and property of which some member, in a recovery only, no
-- longer holds what this ledger remembers: who has changed it since, and what was
-- agreed on meanwhile, nobody knows. When a person accepts the ledger, all members of
-- the star are heard anew.

with

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

sights as (

    select * from {{ ref('merge_sights') }}

),

member_properties as (

    select * from {{ ref('merge_member_properties') }}

),

changed as (

    select distinct sights.source_key, sights.property
    from sights
    cross join run
    where
        run.is_recovery
        and sights.native is not null
        and sights.has_observation
        and sights.native_changed
        and (
            sights.kind = 'reference'
            or sights.current_value is distinct from sights.observed_value
        )

),

doubts as (

    select
        member_properties.source_key,
        member_properties.property,
        member_properties.member_key
    from member_properties
    inner join changed
        on
            member_properties.source_key = changed.source_key
            and member_properties.property = changed.property

)

select * from doubts

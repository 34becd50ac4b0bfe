-- One row per star, member and property of which some member, in a recovery only, no
-- longer holds what this ledger remembers: who has changed it since, and what was
-- agreed on meanwhile, nobody knows. When a person accepts the ledger, all members of
-- the star are heard anew.

with

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

member_values as (

    select * from {{ ref('merge_values') }}

),

member_properties as (

    select * from {{ ref('merge_member_properties') }}

),

changed as (

    select distinct member_values.source_key, member_values.property
    from member_values
    cross join run
    where
        run.is_recovery
        and member_values.is_known
        and member_values.has_observation
        and member_values.native_changed
        and (
            member_values.kind = 'reference'
            or member_values.current_value is distinct from member_values.observed_value
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

-- One row per edit and property group in which it is weighed: its own (or the
-- property alone), and beside that the property alone where a seed row says when the
-- values of its group may merge singly. Which of the two counts is decided when both
-- have their winners (merge_decided_edits).

with

edits as (

    select * from {{ ref('merge_edits') }}

),

property_groups as (

    select * from {{ ref('property_groups') }}
    where merges_singly_when <> 'never'

),

alone as (

    select edits.*
    from edits
    inner join property_groups
        on
            edits.property_group = property_groups.property_group
            and edits.property in (
                property_groups.first_property, property_groups.second_property
            )

),

contested as (

    select
        source_key,
        property_group,
        property,
        member_key,
        system_name,
        is_source,
        seed_order,
        direction,
        stored_as,
        max_length,
        current_value,
        new_value,
        edited_at,
        clock_uncertainty_s,
        was_waiting,
        agreed_before,
        agreed_won_by,
        agreed_won_at
    from edits

    union all

    select
        source_key,
        property as property_group,
        property,
        member_key,
        system_name,
        is_source,
        seed_order,
        direction,
        stored_as,
        max_length,
        current_value,
        new_value,
        edited_at,
        clock_uncertainty_s,
        was_waiting,
        agreed_before,
        agreed_won_by,
        agreed_won_at
    from alone

)

select * from contested

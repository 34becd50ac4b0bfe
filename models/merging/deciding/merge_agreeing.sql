{{ config(materialized="view") }}

-- One row per touched star, group and pair of contestants of which the first has no
-- more than the second: each value of it the other has too, whole. So it only agrees
-- with that one, which speaks for it: a cut copy never beats the whole.

with

contestant_values as (

    select * from {{ ref('merge_contestant_values') }}

),

contestants as (

    select
        source_key,
        property_group,
        contestant_key,
        min(seed_order) as seed_order,
        count(*) as edited_properties
    from contestant_values
    group by source_key, property_group, contestant_key

),

values_in_common as (

    select
        own.source_key,
        own.property_group,
        own.contestant_key,
        other.contestant_key as other_key,
        count(*) as properties_in_common
    from contestant_values as own
    inner join contestant_values as other
        on
            own.source_key = other.source_key
            and own.property_group = other.property_group
            and own.property = other.property
            and own.contestant_key <> other.contestant_key
    where
        own.new_value is not distinct from other.new_value
        or {{ stored_as('other.new_value', 'own.stored_as', 'own.max_length') }}
        is not distinct from own.current_value
    group by
        own.source_key, own.property_group, own.contestant_key, other.contestant_key

),

-- Where two have just the same values, the source speaks for both, else the first flow
-- in seed order.
having_no_more as (

    select
        own.source_key,
        own.property_group,
        own.contestant_key,
        other.contestant_key as speaks_for_it
    from contestants as own
    inner join values_in_common
        on
            own.source_key = values_in_common.source_key
            and own.property_group = values_in_common.property_group
            and own.contestant_key = values_in_common.contestant_key
    inner join contestants as other
        on
            values_in_common.source_key = other.source_key
            and values_in_common.property_group = other.property_group
            and values_in_common.other_key = other.contestant_key
    left join values_in_common as the_other_way
        on
            other.source_key = the_other_way.source_key
            and other.property_group = the_other_way.property_group
            and other.contestant_key = the_other_way.contestant_key
            and own.contestant_key = the_other_way.other_key
    where
        values_in_common.properties_in_common = own.edited_properties
        and (
            coalesce(the_other_way.properties_in_common, 0) < other.edited_properties
            or other.seed_order < own.seed_order
            or (
                other.seed_order = own.seed_order
                and other.contestant_key < own.contestant_key
            )
        )

),

-- Only who has no fuller one above it speaks for others: a copy in lower case, which
-- has the same as a third contestant, must not silence that one.
agreeing as (

    select having_no_more.*
    from having_no_more
    left join having_no_more as above
        on
            having_no_more.source_key = above.source_key
            and having_no_more.property_group = above.property_group
            and having_no_more.speaks_for_it = above.contestant_key
    where above.contestant_key is null

)

select * from agreeing

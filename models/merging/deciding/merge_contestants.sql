-- One row per touched star, group and entry that wants its values agreed on: a member
-- with edits, or the agreed value that a member with edits has not seen yet. An entry
-- whose every value another entry has too, whole, only agrees with it and is left out:
-- a cut copy never beats the whole.

with

edits as (

    select * from {{ ref('merge_contested_edits') }}
    where is_source or direction = 'both'

),

members as (

    select source_key, member_key, seed_order from {{ ref('merge_members') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

unseen_agreed as (

    select
        source_key,
        property_group,
        property,
        'agreed' as entry_key,
        agreed_before as new_value,
        agreed_won_at as edited_at,
        agreed_won_by,
        coalesce(agreed_won_by = source_key, false) as is_source
    from {{ ref('merge_unseen_agreed') }}

),

entry_values as (

    select
        source_key,
        property_group,
        property,
        member_key as entry_key,
        is_source,
        seed_order,
        new_value,
        current_value,
        stored_as,
        max_length,
        edited_at,
        clock_uncertainty_s
    from edits

    union all

    select
        unseen_agreed.source_key,
        unseen_agreed.property_group,
        unseen_agreed.property,
        unseen_agreed.entry_key,
        unseen_agreed.is_source,
        coalesce(members.seed_order, 1000) as seed_order,
        unseen_agreed.new_value,
        unseen_agreed.new_value as current_value,
        'as_is' as stored_as,
        cast(null as integer) as max_length,
        unseen_agreed.edited_at,
        coalesce(entities.clock_uncertainty_s, 5) as clock_uncertainty_s
    from unseen_agreed
    left join members
        on
            unseen_agreed.source_key = members.source_key
            and unseen_agreed.agreed_won_by = members.member_key
    left join entities
        on
            split_part(unseen_agreed.agreed_won_by, ':', 1) = entities.system_name
            and split_part(unseen_agreed.agreed_won_by, ':', 2) = entities.entity

),

entries as (

    select
        source_key,
        property_group,
        entry_key,
        bool_or(is_source) as is_source,
        min(seed_order) as seed_order,
        max(edited_at) as edited_at,
        max(clock_uncertainty_s) as clock_uncertainty_s,
        count(*) as edited_properties
    from entry_values
    group by source_key, property_group, entry_key

),

values_in_common as (

    select
        own.source_key,
        own.property_group,
        own.entry_key,
        other.entry_key as other_key,
        count(*) as properties_in_common
    from entry_values as own
    inner join entry_values as other
        on
            own.source_key = other.source_key
            and own.property_group = other.property_group
            and own.property = other.property
            and own.entry_key <> other.entry_key
    where
        own.new_value is not distinct from other.new_value
        or {{ stored_as('other.new_value', 'own.stored_as', 'own.max_length') }}
        is not distinct from own.current_value
    group by own.source_key, own.property_group, own.entry_key, other.entry_key

),

-- Where two entries have just the same values, the source speaks for both, else the
-- first flow in seed order.
having_no_more as (

    select
        own.source_key,
        own.property_group,
        own.entry_key,
        other.entry_key as speaks_for_it
    from entries as own
    inner join values_in_common
        on
            own.source_key = values_in_common.source_key
            and own.property_group = values_in_common.property_group
            and own.entry_key = values_in_common.entry_key
    inner join entries as other
        on
            values_in_common.source_key = other.source_key
            and values_in_common.property_group = other.property_group
            and values_in_common.other_key = other.entry_key
    left join values_in_common as the_other_way
        on
            other.source_key = the_other_way.source_key
            and other.property_group = the_other_way.property_group
            and other.entry_key = the_other_way.entry_key
            and own.entry_key = the_other_way.other_key
    where
        values_in_common.properties_in_common = own.edited_properties
        and (
            coalesce(the_other_way.properties_in_common, 0) < other.edited_properties
            or other.seed_order < own.seed_order
            or (other.seed_order = own.seed_order and other.entry_key < own.entry_key)
        )

),

-- Only who has no fuller one above it speaks for others: a copy in lower case, which
-- has the same as a third entry, must not silence that one.
agreeing as (

    select having_no_more.*
    from having_no_more
    left join having_no_more as above
        on
            having_no_more.source_key = above.source_key
            and having_no_more.property_group = above.property_group
            and having_no_more.speaks_for_it = above.entry_key
    where above.entry_key is null

),

spoken_for as (

    select distinct source_key, property_group, entry_key from agreeing

),

-- Whoever speaks for others has edited as late as the latest of them, and their clocks
-- are in doubt as well.
latest_agreeing as (

    select
        agreeing.source_key,
        agreeing.property_group,
        agreeing.speaks_for_it as entry_key,
        max(entries.edited_at) as edited_at,
        max(entries.clock_uncertainty_s) as clock_uncertainty_s
    from agreeing
    inner join entries
        on
            agreeing.source_key = entries.source_key
            and agreeing.property_group = entries.property_group
            and agreeing.entry_key = entries.entry_key
    group by agreeing.source_key, agreeing.property_group, agreeing.speaks_for_it

),

contestants as (

    select
        entries.source_key,
        entries.property_group,
        entries.entry_key,
        entries.is_source,
        entries.seed_order,
        case
            when entries.edited_at is null then null
            else greatest(
                entries.edited_at,
                coalesce(latest_agreeing.edited_at, entries.edited_at)
            )
        end as edited_at,
        greatest(
            entries.clock_uncertainty_s,
            coalesce(latest_agreeing.clock_uncertainty_s, 0)
        ) as clock_uncertainty_s
    from entries
    left join spoken_for
        on
            entries.source_key = spoken_for.source_key
            and entries.property_group = spoken_for.property_group
            and entries.entry_key = spoken_for.entry_key
    left join latest_agreeing
        on
            entries.source_key = latest_agreeing.source_key
            and entries.property_group = latest_agreeing.property_group
            and entries.entry_key = latest_agreeing.entry_key
    where spoken_for.entry_key is null

)

select * from contestants

-- One row per record to create and mapped property that has a value for it. A value
-- that the target would refuse, or a reference that leads nowhere yet, is left out and
-- follows when it can (`held_because`). What the target would fill in by itself when it
-- is left out counts as required, too: nobody typed that value.

with

unlinked_sources as (

    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

valued as (

    select
        new_values.*,
        new_values.is_mandatory or new_values.create_waits as is_required
    from {{ ref('outbound_new_values') }} as new_values

),

ends_before_start as (

    select * from {{ ref('merge_ends_before_start') }}

),

left_out as (

    select * from {{ ref('match_left_out') }}

),

links as (

    select distinct flow, source_key from {{ ref('match_links') }}

),

referable as (

    select * from links
    union
    select * from unlinked_sources

),

judged as (

    select
        valued.*,
        case
            when valued.value_to_store = {{ unmapped() }} then 'unmapped'
            when valued.value_to_store is null and valued.create_waits
                then 'would_be_filled_in'
            when valued.value_to_store is null and valued.is_required
                then 'cannot_be_empty'
            when not {{ accepted(
                    'valued.value_to_store', 'valued.accepts', 'valued.wire_type'
                ) }}
                then 'not_accepted'
            when {{ is_mask('valued.value_to_store', 'valued.kind') }}
                then 'agreed_mask'
            when ends_before_start.property_group is not null then 'ends_before_start'
            when
                valued.kind = 'reference'
                and valued.delivered is not null
                and referable.flow is null
                then
                    case
                        when left_out.flow is not null then 'reference_left_out'
                        else 'unlinked_reference'
                    end
        end as held_alone
    from valued
    left join ends_before_start
        on
            valued.source_key = ends_before_start.source_key
            and valued.system_name = ends_before_start.system_name
            and valued.entity = ends_before_start.entity
            and valued.property_group = ends_before_start.property_group
    left join referable
        on
            valued.through_flow = referable.flow
            and valued.delivered = referable.source_key
    left join left_out
        on
            valued.through_flow = left_out.flow
            and valued.delivered = coalesce(left_out.source_key, valued.delivered)
    where valued.value_to_store is not null or valued.is_required

),

-- A group is written together or not at all; the record is made without it.
outcomes as (

    select
        judged.*,
        case
            when
                held_alone is null
                and not is_required
                and count(held_alone) over (
                    partition by flow, source_key, property_group
                ) > 0
                then 'with_its_group'
            else held_alone
        end as held_because
    from judged

)

select * from outcomes

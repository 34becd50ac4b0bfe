-- One row per flow and property of which the target has codes of its own: all of its
-- map as a text, a line for each way of each row, by which `stored_as` gives and takes.

with

value_maps as (

    select
        value_maps.*,
        is_way_back or count(*) over (
            partition by flow, source_property, target_value
        ) = 1 as leads_back
    from {{ ref('value_maps') }} as value_maps

),

ways as (

    select
        flow,
        source_property,
        {{ way_begins('source_value', 'to') }} || target_value as way
    from value_maps

    union all

    select
        flow,
        source_property,
        {{ way_begins('target_value', 'back') }} || source_value as way
    from value_maps
    where leads_back

),

maps as (

    select
        flow,
        source_property,
        '{' || {{ sorted_text_list('way', 'chr(10)') }} as value_map
    from ways
    group by flow, source_property

)

select * from maps

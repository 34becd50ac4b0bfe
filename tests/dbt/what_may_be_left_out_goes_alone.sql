{{ config(severity="error") }}

-- One row per property that a seed lets be left out of a write, although the rest would
-- mean something else without it, or although others of its group may not be left out.

with

sides as (

    select
        flow,
        side,
        property_group,
        system_name,
        entity,
        name,
        kind,
        may_be_left_out
    from {{ ref('stg_seeds__mapped_properties') }}

),

parted_groups as (

    select
        flow,
        side,
        property_group
    from sides
    group by flow, side, property_group
    having count(distinct may_be_left_out) > 1

)

select
    sides.system_name,
    sides.entity,
    sides.name
from sides
left join parted_groups
    on
        sides.flow = parted_groups.flow
        and sides.side = parted_groups.side
        and sides.property_group = parted_groups.property_group
where
    sides.may_be_left_out
    and (
        parted_groups.flow is not null
        or sides.kind in (
            'reference', 'lines', 'date', 'local_time', 'number', 'boolean'
        )
    )

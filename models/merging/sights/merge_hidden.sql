-- One row per touched star, member and property that is hidden from us, or belongs
-- together with one that is: why nothing is seen of it, by the first reason that holds.
-- `in_no_record`: no record of the entity has the member. `resting`: the property, or
-- another of its group, is hidden from us in most records. `masked`: it shows a mask in
-- place of the value. `beside_hidden`: it is seen, but another of its group is hidden;
-- or the record hides a value, and an update sends back the whole record. None of them
-- must be written.

with

natives as (

    select
        source_key,
        member_key,
        property,
        property_group,
        system_name,
        entity,
        name,
        kind,
        {{ canonical('shown_native', 'kind') }} as shown_value
    from {{ ref('merge_natives') }}

),

missing_members as (

    select * from {{ ref('merge_missing_members') }}

),

resting_properties as (

    select * from {{ ref('merge_resting_properties') }}

),

replaced_records as (

    select system_name, entity from {{ ref('replaced_records') }}

),

masks as {{ once() }} (

    select
        source_key,
        member_key,
        property,
        property_group,
        system_name,
        entity,
        name,
        kind <> 'lines' and {{ is_mask('shown_value', 'kind') }} as is_masked
    from natives

),

sights as (

    select
        masks.*,
        missing_members.name is not null as is_unshown,
        coalesce(
            bool_or(resting_properties.name is not null) over (
                partition by
                    masks.source_key, masks.member_key, masks.property_group
            ),
            false
        ) as rests,
        replaced_records.entity is not null as is_sent_whole
    from masks
    left join replaced_records
        on
            masks.system_name = replaced_records.system_name
            and masks.entity = replaced_records.entity
    left join missing_members
        on
            masks.system_name = missing_members.system_name
            and masks.entity = missing_members.entity
            and masks.name = missing_members.name
    left join resting_properties
        on
            masks.system_name = resting_properties.system_name
            and masks.entity = resting_properties.entity
            and masks.name = resting_properties.name

),

hidden as (

    select
        sights.*,
        is_masked or is_unshown or rests as is_hidden,
        is_sent_whole and (is_masked or rests) as hides_in_a_whole
    from sights

),

with_groups as (

    select
        hidden.*,
        bool_or(is_hidden) over (partition by source_key, member_key, property_group)
        or bool_or(hides_in_a_whole) over (partition by source_key, member_key)
            as is_left_out
    from hidden

),

with_reasons as (

    select
        source_key,
        member_key,
        property,
        system_name,
        entity,
        name,
        is_masked,
        case
            when is_unshown then 'in_no_record'
            when rests then 'resting'
            when is_masked then 'masked'
            else 'beside_hidden'
        end as hidden_as
    from with_groups
    where is_left_out

)

select * from with_reasons

{{ config(materialized="view") }}

-- One row per touched star, member and property: what it should hold, in the way
-- that its system stores it, and why that can't be written there (`barred_by`, the
-- first reason that holds; null: it can). `left_alone`: the system can't be written,
-- what is hidden stands in the way, or it refers to a record that is left out; all
-- others are reasons of the seed.

with

member_properties as (

    select * from {{ ref('merge_member_properties') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}

),

hidden as (

    select member_key, property from {{ ref('merge_hidden') }}

),

ends_before_start as (

    select * from {{ ref('merge_ends_before_start') }}

),

referable as (

    select flow, source_key from {{ ref('match_links') }}
    union
    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

left_out as (

    select * from {{ ref('match_left_out') }}

),

to_store as (

    select
        member_properties.*,
        agreed.agreed_value,
        agreed.won_by,
        agreed.rule,
        {{ stored_as(
            'agreed.agreed_value', 'member_properties.stored_as',
            'member_properties.max_length'
        ) }} as value_to_store,
        agreed.agreed_value is not null and referable.flow is null as names_nobody_yet,
        left_out.flow is not null as names_who_is_left_out
    from member_properties
    inner join agreed
        on
            member_properties.source_key = agreed.source_key
            and member_properties.property = agreed.property
    left join referable
        on
            member_properties.through_flow = referable.flow
            and agreed.agreed_value = referable.source_key
    left join left_out
        on
            member_properties.through_flow = left_out.flow
            and agreed.agreed_value = coalesce(left_out.source_key, agreed.agreed_value)

),

wanted as (

    select
        to_store.source_key,
        to_store.member_key,
        to_store.property,
        to_store.flow,
        to_store.json_path,
        to_store.wire_type,
        to_store.empty_as,
        to_store.through_flow,
        to_store.agreed_value,
        to_store.won_by,
        to_store.rule,
        to_store.value_to_store,
        case
            when not to_store.is_writable then 'left_alone'
            when to_store.is_source and to_store.direction <> 'both' then 'left_alone'
            when hidden.property is not null then 'left_alone'
            when to_store.value_to_store = {{ unmapped() }} then 'unmapped'
            when to_store.value_to_store is null and not to_store.is_nullable
                then 'cannot_be_empty'
            when not {{ accepted(
                'to_store.value_to_store', 'to_store.accepts', 'to_store.wire_type'
            ) }}
                then 'not_accepted'
            when {{ is_mask('to_store.value_to_store', 'to_store.kind') }}
                then 'agreed_mask'
            when ends_before_start.property_group is not null then 'ends_before_start'
            when
                to_store.kind = 'reference'
                and not to_store.is_source
                and to_store.names_nobody_yet
                then
                    case
                        when to_store.names_who_is_left_out then 'left_alone'
                        else 'unlinked_reference'
                    end
        end as barred_by
    from to_store
    left join hidden
        on
            to_store.member_key = hidden.member_key
            and to_store.property = hidden.property
    left join ends_before_start
        on
            to_store.source_key = ends_before_start.source_key
            and to_store.system_name = ends_before_start.system_name
            and to_store.entity = ends_before_start.entity
            and to_store.property_group = ends_before_start.property_group

)

select * from wanted

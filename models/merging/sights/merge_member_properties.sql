-- One row per touched star, member and property that is kept in step, with the member's
-- spelling of it. The source has a property once, however many flows carry it; it can
-- be written back when one of them goes both ways. (`on_create` properties are set once
-- and then left alone, so they are not kept in step: see outbound_creates.)

with

members as (

    select * from {{ ref('merge_members') }}

),

star_flows as (

    select * from {{ ref('merge_star_flows') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward')

),

target_properties as (

    select
        members.source_key,
        members.member_key,
        mapped_properties.property,
        mapped_properties.flow,
        mapped_properties.name,
        mapped_properties.direction,
        mapped_properties.through_flow
    from members
    inner join star_flows
        on
            members.source_key = star_flows.source_key
            and members.flow = star_flows.flow
    inner join mapped_properties
        on
            members.flow = mapped_properties.flow
            and mapped_properties.side = 'target'
    where not members.is_source

),

source_properties as (

    select
        star_flows.source_key,
        star_flows.source_key as member_key,
        mapped_properties.property,
        min(mapped_properties.flow) as flow,
        mapped_properties.name,
        min(mapped_properties.direction) as direction,
        min(mapped_properties.through_flow) as through_flow
    from star_flows
    inner join mapped_properties
        on
            star_flows.flow = mapped_properties.flow
            and mapped_properties.side = 'source'
    group by
        star_flows.source_key, mapped_properties.property, mapped_properties.name

),

kept_in_step as (

    select * from target_properties
    union all
    select * from source_properties

),

member_properties as (

    select
        kept_in_step.source_key,
        kept_in_step.member_key,
        kept_in_step.property,
        kept_in_step.direction,
        kept_in_step.through_flow,
        members.flow,
        members.seed_order,
        members.is_source,
        members.system_name,
        members.entity,
        members.is_available,
        mapped_properties.name,
        mapped_properties.property_group,
        mapped_properties.json_path,
        mapped_properties.kind,
        mapped_properties.star_kind,
        mapped_properties.wire_type,
        mapped_properties.empty_as,
        mapped_properties.reads_empty,
        mapped_properties.stored_as,
        mapped_properties.max_length,
        mapped_properties.accepts,
        mapped_properties.is_nullable,
        mapped_properties.is_writable
    from kept_in_step
    inner join members
        on
            kept_in_step.source_key = members.source_key
            and kept_in_step.member_key = members.member_key
    inner join mapped_properties
        on
            kept_in_step.flow = mapped_properties.flow
            and kept_in_step.property = mapped_properties.property
            and kept_in_step.name = mapped_properties.name
            and mapped_properties.side
            = case when members.is_source then 'source' else 'target' end

)

select * from member_properties

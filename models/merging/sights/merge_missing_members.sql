-- One row per system, entity and mapped property that no record shows, though a full
-- listing has several (members that a contract leaves out when they are empty are no
-- such property): the installation does not have that member, and an update that names
-- it may be refused. Most properties show in the few records that are looked at first.

with

omitted_members as (

    select * from {{ ref('omitted_members') }}

),

mapped_properties as (

    select distinct
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.name,
        mapped_properties.json_path
    from {{ ref('stg_seeds__mapped_properties') }} as mapped_properties
    left join omitted_members
        on
            mapped_properties.system_name = omitted_members.system_name
            and mapped_properties.entity = omitted_members.entity
            and mapped_properties.name = omitted_members.property
    where omitted_members.property is null

),

fully_listed as (

    select distinct system_name, entity from {{ ref('stg_run__listings') }}
    where kind = 'full' and complete

),

records as (

    select
        stg_records.system_name,
        stg_records.entity,
        stg_records.record,
        starts_with(stg_records.record_hash, '0') as is_looked_at_first
    from {{ ref('stg_records') }} as stg_records
    inner join fully_listed
        on
            stg_records.system_name = fully_listed.system_name
            and stg_records.entity = fully_listed.entity
    where stg_records.is_listed and not stg_records.is_deleted

),

limits as (

    select limit_value from {{ ref('limits') }}
    where limit_name = 'missing_count'

),

shown_at_first as (

    select
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.name
    from mapped_properties
    inner join records
        on
            mapped_properties.system_name = records.system_name
            and mapped_properties.entity = records.entity
    where records.is_looked_at_first
    group by
        mapped_properties.system_name, mapped_properties.entity, mapped_properties.name
    having
        count({{ json_value_told('records.record', 'mapped_properties.json_path') }})
        > 0

),

not_shown_yet as (

    select mapped_properties.*
    from mapped_properties
    left join shown_at_first
        on
            mapped_properties.system_name = shown_at_first.system_name
            and mapped_properties.entity = shown_at_first.entity
            and mapped_properties.name = shown_at_first.name
    where shown_at_first.name is null

),

missing_members as (

    select
        not_shown_yet.system_name,
        not_shown_yet.entity,
        not_shown_yet.name,
        count(*) as records
    from not_shown_yet
    inner join records
        on
            not_shown_yet.system_name = records.system_name
            and not_shown_yet.entity = records.entity
    cross join limits
    group by
        not_shown_yet.system_name, not_shown_yet.entity, not_shown_yet.name
    having
        count(*) >= max(limits.limit_value)
        and count({{ json_value_told('records.record', 'not_shown_yet.json_path') }})
        = 0

)

select * from missing_members

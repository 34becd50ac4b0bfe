{{ config(materialized='view') }}

-- One row per record that shows a mask in the place of a value, or bears a change stamp
-- of the future. What several records of an entity have in common is one row.

with

entities as (

    select * from {{ ref('entities') }}

),

masked as (

    select distinct member_key, system_name, entity, name
    from {{ ref('merge_hidden') }}
    where hidden_as = 'masked'

),

ahead as (

    select
        members.member_key,
        members.system_name,
        members.entity,
        cast(null as varchar) as name
    from {{ ref('merge_members') }} as members
    inner join entities
        on
            members.system_name = entities.system_name
            and members.entity = entities.entity
    where {{ is_ahead(
        'members.change_stamp', 'members.loaded_at', 'entities.clock_uncertainty_s'
    ) }}

),

records as (

    select *, 'masked_value' as kind from masked
    union all
    select *, 'stamp_ahead' as kind from ahead

),

numbered as (

    select
        records.*,
        row_number() over (
            partition by kind, system_name, entity, name order by member_key
        ) as place,
        count(*) over (partition by kind, system_name, entity, name) as in_common
    from records

),

grouped as (

    select
        kind,
        name as property,
        case
            when max(in_common) = 1 then min(member_key)
            else system_name || ':' || entity
        end as record_key,
        case
            when max(in_common) = 1 then 'It '
            else
                max(in_common) || ' records (' || {{ sorted_text_list(
                    'member_key', "', '"
                ) }} || case when max(in_common) > 3 then ', ...' else '' end || ') '
        end as who,
        max(in_common) = 1 as is_one
    from numbered
    where place <= 3
    group by kind, system_name, entity, name

)

select * from grouped

-- One row per thing that we can't see for what it is: a property that rests, a mask in
-- the place of a value, a member that no record shows, a change stamp of the future.
-- What many records of an entity have in common is one row.

with

entities as (

    select * from {{ ref('entities') }}

),

resting_properties as (

    select * from {{ ref('merge_resting_properties') }}

),

missing_members as (

    select * from {{ ref('merge_missing_members') }}

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

),

sights as (

    select
        'property_rests' as kind,
        system_name || ':' || entity as record_key,
        name as property,
        turned || ' of the ' || held || ' linked records that held a value show '
        || shown || ' there now, and no newer stamp says that somebody changed them. '
        || 'What we may see has changed, not what is: nothing of it is passed on, and '
        || 'nothing is written there.' as message,
        'See in the system what this sign-in may read; it goes on by itself when the '
        || 'values are back. If that is how it is: `lenke sync --allow-mass-change`.'
            as next_step
    from resting_properties

    union all

    select
        kind,
        record_key,
        property,
        who || case
            when kind = 'masked_value'
                then
                    case when is_one then 'shows' else 'show' end
                    || ' a mask in the place of a value. It counts as not told: '
                    || 'nothing is passed on, and nothing is written there.'
            else
                case when is_one then 'bears' else 'bear' end
                || ' a change stamp of the future. It counts as the time at which '
                || 'it was read.'
        end as message,
        case
            when kind = 'masked_value'
                then 'See in the system what this sign-in may read.'
            else 'Ask whoever runs the system to put its clock right.'
        end as next_step
    from grouped

    union all

    select
        'missing_member' as kind,
        missing_members.system_name || ':' || missing_members.entity as record_key,
        missing_members.name as property,
        'No ' || entities.title || ' shows ' || missing_members.name || ' ('
        || missing_members.records || ' were listed). No update writes it, nor what '
        || 'belongs together with it.' as message,
        'Nothing, if the installation does not have it; else ask the vendor what it '
        || 'is called there, and correct the json_path in seeds/entity_properties.csv.'
            as next_step
    from missing_members
    inner join entities
        on
            missing_members.system_name = entities.system_name
            and missing_members.entity = entities.entity

)

select * from sights

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

    select * from {{ ref('inspect_missing_members') }}

),

odd_values as (

    select * from {{ ref('inspect_odd_values') }}

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
            as next_step,
        cast(null as varchar) as told_apart_by
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
        end as next_step,
        cast(null as varchar) as told_apart_by
    from odd_values

    union all

    select
        'missing_member' as kind,
        missing_members.system_name || ':' || missing_members.entity as record_key,
        missing_members.name as property,
        'No ' || entities.title || ' shows ' || missing_members.name || ' ('
        || missing_members.records || ' were listed).'
        || case
            when missing_members.is_mapped
                then ' No update writes it, nor what belongs together with it.'
            else ''
        end || case
            when missing_members.is_ruled
                then
                    ' A rule about records goes by it, so nobody can tell who takes '
                    || 'part: who has no link gets none.'
            else ''
        end as message,
        case
            when missing_members.is_ruled
                then
                    'Take the rule out of seeds/record_rules.csv, if the installation '
                    || 'does not have it'
            else 'Nothing, if the installation does not have it'
        end || '; else ask the vendor what it is called there, and correct the '
        || 'json_path in seeds/entity_properties.csv.' as next_step,
        cast(null as varchar) as told_apart_by
    from missing_members
    inner join entities
        on
            missing_members.system_name = entities.system_name
            and missing_members.entity = entities.entity

)

select * from sights

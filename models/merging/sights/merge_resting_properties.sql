-- One row per property of an entity that rests: most of the linked records that held
-- differing values show nothing there, or one and the same value, and their stamps
-- don't say that somebody changed them. What we may see has changed then, not what is.
-- It rests until nearly all of them show values again, whatever their stamps: a record
-- that is edited meanwhile gets a newer one, and still hides the value. (A member that
-- no record shows at all is another matter: merge_missing_members.)

with

changes_of_sight as (

    select * from {{ ref('merge_changes_of_sight') }}

),

resting_before as (

    select * from {{ ref('stg_ledger__resting_properties') }}

),

limits as (

    select
        max(case when limit_name = 'sight_count' then limit_value end) as number,
        max(case when limit_name = 'sight_share' then limit_value end) as share,
        max(
            case when limit_name = 'sight_return_share' then limit_value end
        ) as return_share
    from {{ ref('limits') }}

),

measured as (

    select
        changes_of_sight.*,
        case
            when resting_before.name is not null
                then
                    changes_of_sight.turned
                    > greatest(1, limits.return_share * changes_of_sight.held)
            else
                changes_of_sight.is_told
                and changes_of_sight.held >= limits.number
                and changes_of_sight.different_values > 1
                and changes_of_sight.turned > limits.share * changes_of_sight.held
                and 2 * changes_of_sight.unmoved >= changes_of_sight.turned
        end as rests
    from changes_of_sight
    left join resting_before
        on
            changes_of_sight.system_name = resting_before.system_name
            and changes_of_sight.entity = resting_before.entity
            and changes_of_sight.name = resting_before.name
    cross join limits
    where not {{ allow_mass_change() }}

),

resting_properties as (

    select
        system_name,
        entity,
        name,
        max(turned) as turned,
        max(held) as held,
        {{ newest("coalesce(shown_value, 'nothing')", 'turned') }} as shown
    from measured
    where rests
    group by system_name, entity, name

)

select * from resting_properties

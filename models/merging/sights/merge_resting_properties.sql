-- One row per property of an entity that rests: most of the linked records that held
-- differing values show nothing there, or one and the same value, and their stamps
-- don't say that somebody changed them. What we may see has changed then, not what is.
-- It rests until nearly all of them show values again, whatever their stamps: a record
-- that is edited meanwhile gets a newer one, and still hides the value. (A member that
-- no record shows at all is another matter: merge_missing_members.)

with

natives as (

    select * from {{ ref('merge_natives') }}
    where is_available and has_observation

),

members as (

    select source_key, member_key, flow, is_source, system_name, entity
    from {{ ref('merge_members') }}
    where is_available

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward')

),

observations as (

    select record_key, property, observed
    from {{ ref('stg_ledger__observations') }}

),

missing_members as (

    select * from {{ ref('merge_missing_members') }}

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

in_our_spelling as (

    select
        natives.system_name,
        natives.entity,
        natives.name,
        natives.kind,
        natives.member_key,
        natives.is_missing,
        natives.is_newer or natives.is_older_than_known as has_moved,
        {{ canonical('natives.shown_native', 'natives.kind') }} as shown_value,
        {{ canonical('natives.observed', 'natives.kind') }} as observed_value
    from natives
    left join missing_members
        on
            natives.system_name = missing_members.system_name
            and natives.entity = missing_members.entity
            and natives.name = missing_members.name
    where missing_members.name is null

),

compared as (

    select
        system_name,
        entity,
        name,
        member_key,
        is_missing,
        has_moved,
        {{ unmasked('shown_value', 'kind') }} as shown_value,
        {{ unmasked('observed_value', 'kind') }} as observed_value
    from in_our_spelling

),

-- An answer that lacks the member clears nothing by itself, but hides as much.
turned as (

    select
        system_name,
        entity,
        name,
        shown_value,
        count(distinct member_key) as records,
        count(distinct case when not has_moved then member_key end) as unmoved,
        bool_or(not is_missing) as is_told
    from compared
    where
        observed_value is not null
        and shown_value is distinct from observed_value
    group by system_name, entity, name, shown_value

),

places as (

    select distinct
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.name,
        mapped_properties.property,
        mapped_properties.kind,
        mapped_properties.side,
        case
            when mapped_properties.side = 'target' then mapped_properties.flow
        end as flow
    from mapped_properties
    inner join turned
        on
            mapped_properties.system_name = turned.system_name
            and mapped_properties.entity = turned.entity
            and mapped_properties.name = turned.name

),

known as (

    select
        places.system_name,
        places.entity,
        places.name,
        places.kind,
        members.member_key,
        {{ canonical('observations.observed', 'places.kind') }} as observed_value
    from places
    inner join members
        on
            places.system_name = members.system_name
            and places.entity = members.entity
            and (places.side = 'source') = members.is_source
            and places.flow is not distinct from members.flow
    inner join observations
        on
            members.member_key = observations.record_key
            and places.property = observations.property

),

held as (

    select
        system_name,
        entity,
        name,
        count(distinct member_key) as records,
        count(distinct observed_value) as different_values
    from known
    where {{ unmasked('observed_value', 'kind') }} is not null
    group by system_name, entity, name

),

measured as (

    select
        turned.system_name,
        turned.entity,
        turned.name,
        turned.shown_value,
        turned.records as turned,
        held.records as held,
        case
            when resting_before.name is not null
                then
                    turned.records
                    > greatest(1, limits.return_share * held.records)
            else
                turned.is_told
                and held.records >= limits.number
                and held.different_values > 1
                and turned.records > limits.share * held.records
                and 2 * turned.unmoved >= turned.records
        end as rests
    from turned
    inner join held
        on
            turned.system_name = held.system_name
            and turned.entity = held.entity
            and turned.name = held.name
    left join resting_before
        on
            turned.system_name = resting_before.system_name
            and turned.entity = resting_before.entity
            and turned.name = resting_before.name
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

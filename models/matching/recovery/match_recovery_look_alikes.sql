-- One row per flow and pair of unlinked records, in a recovery only, that are not equal
-- but look alike: half of the source's values, or one that tells records apart (a
-- phone, an organisation number, an e-mail address). What is no possible value of its
-- kind is no likeness, unless all of the source's values are there. Creating the
-- source's record could make a double.

with

recovery_values as (

    select * from {{ ref('match_recovery_values') }}
    where compared_value is not null

),

flows as (

    select * from {{ ref('match_flows') }}
    where mode = 'create'

),

links as (

    select * from {{ ref('match_links') }}

),

past_links as (

    select distinct flow, source_key from {{ ref('stg_ledger__links') }}

),

limits as (

    select {{ limit_named('crowd_count') }} as crowd_count
    from {{ ref('limits') }}

),

unlinked_values as (

    select
        recovery_values.flow,
        recovery_values.side,
        recovery_values.record_key,
        recovery_values.property,
        recovery_values.compared_value,
        recovery_values.tells_apart,
        recovery_values.is_possible,
        count(*) over (
            partition by recovery_values.flow, recovery_values.record_key
        ) as filled,
        sum(case when recovery_values.is_possible then 1 else 0 end) over (
            partition by recovery_values.flow, recovery_values.record_key
        ) as filled_possibly,
        count(*) over (
            partition by
                recovery_values.flow,
                recovery_values.side,
                recovery_values.property,
                recovery_values.compared_value
        ) as crowd
    from recovery_values
    inner join flows on recovery_values.flow = flows.flow
    left join links as links_of_source
        on
            recovery_values.flow = links_of_source.flow
            and recovery_values.record_key = links_of_source.source_key
    left join links as links_of_target
        on recovery_values.record_key = links_of_target.target_key
    left join past_links
        on
            recovery_values.flow = past_links.flow
            and recovery_values.record_key = past_links.source_key
    where
        links_of_source.flow is null
        and links_of_target.flow is null
        and past_links.flow is null

),

-- A value that a crowd shares (a postcode, a tax rate) says nothing.
telling as (

    select unlinked_values.*
    from unlinked_values
    cross join limits
    where unlinked_values.crowd <= limits.crowd_count

),

in_common as (

    select
        sources.flow,
        sources.record_key as source_key,
        targets.record_key as target_key,
        sources.filled,
        sources.filled_possibly,
        count(*) as equal_values,
        sum(case when sources.is_possible then 1 else 0 end) as equal_possibly,
        max(case when sources.tells_apart then 1 else 0 end) as tells_apart
    from telling as sources
    inner join telling as targets
        on
            sources.flow = targets.flow
            and sources.property = targets.property
            and sources.compared_value = targets.compared_value
            and sources.side = 'source'
            and targets.side = 'target'
    group by
        sources.flow,
        sources.record_key,
        targets.record_key,
        sources.filled,
        sources.filled_possibly

),

look_alikes as (

    select flow, source_key, target_key
    from in_common
    where
        tells_apart = 1
        or equal_values = filled
        or (equal_possibly > 0 and 2 * equal_possibly >= filled_possibly)

)

select * from look_alikes

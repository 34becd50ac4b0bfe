-- One row per value that the end of a link leaves behind, because a record is gone: an
-- edit that was seen at that moment, and an agreed value that the record that stays
-- never got. Where the target is made anew, the source's edit arrives after all.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where state = 'ending'

),

lost_values as (

    select * from {{ ref('match_lost_values') }}

),

flows as (

    select * from {{ ref('flows') }}

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

agreed_values as (

    select * from {{ ref('stg_ledger__agreed_values') }}

),

values_of_ending as (

    select
        lost_values.*,
        lost_links.gone_key,
        lost_links.ended_policy,
        {{ record_key(
            'flows.source_system', 'flows.source_entity', 'lost_values.current_value'
        ) }} as named_source,
        {{ record_key(
            'flows.target_system', 'flows.target_entity', 'lost_values.current_value'
        ) }} as named_target
    from lost_values
    inner join lost_links
        on
            lost_values.flow = lost_links.flow
            and lost_values.source_key = lost_links.source_key
            and lost_values.target_key = lost_links.target_key
    left join flows on lost_values.through_flow = flows.flow

),

edited as (

    select
        values_of_ending.*,
        case
            when values_of_ending.kind <> 'reference'
                then values_of_ending.value_for_star
            when values_of_ending.is_source then values_of_ending.named_source
            else coalesce(kept_links.source_key, values_of_ending.named_target)
        end as losing_value
    from values_of_ending
    left join kept_links
        on
            values_of_ending.through_flow = kept_links.flow
            and values_of_ending.named_target = kept_links.target_key
    where values_of_ending.is_edited

),

left_behind as (

    select
        source_key,
        property,
        gone_key as winning_key,
        cast(null as varchar) as winning_value,
        record_key as losing_key,
        losing_value,
        case
            when gone_key = source_key then 'source_gone' else 'target_gone'
        end as rule
    from edited
    where not (is_source and gone_key = target_key and ended_policy = 'recreate')

    union all

    select
        values_of_ending.source_key,
        values_of_ending.property,
        values_of_ending.record_key as winning_key,
        values_of_ending.value_for_star as winning_value,
        coalesce(agreed_values.won_by, values_of_ending.source_key) as losing_key,
        agreed_values.agreed_value as losing_value,
        'source_gone' as rule
    from values_of_ending
    inner join agreed_values
        on
            values_of_ending.source_key = agreed_values.source_key
            and values_of_ending.property = agreed_values.property
    where
        values_of_ending.gone_key = values_of_ending.source_key
        and not values_of_ending.is_source
        and values_of_ending.delivered is distinct from agreed_values.agreed_value

),

-- Two links of a star may end at once: the value is lost once.
conflicts as (

    select
        source_key,
        property,
        split_part(min(winning_key), ':', 1) as winning_system,
        min(winning_key) as winning_key,
        min(winning_value) as winning_value,
        split_part(losing_key, ':', 1) as losing_system,
        losing_key,
        losing_value,
        min(rule) as rule,
        'open' as status
    from left_behind
    group by source_key, property, losing_key, losing_value

)

select * from conflicts

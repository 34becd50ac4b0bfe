-- One row per link in force that nothing made but a value that identifies nobody: an
-- earlier version took any text for a key. What the star had agreed on when it was made
-- says so; where a rule compares what no star agrees on (an id, a national id), what
-- the records hold now does. It is not ended: people may have worked with it since, and
-- a person who says `lenke link` has looked.

with

made_by_rules as (

    select * from {{ ref('match_links_by_rule') }}

),

value_history as (

    select * from {{ ref('stg_ledger__value_history') }}

),

held_now as (

    select
        flow,
        combination,
        part,
        record_key,
        part_key is null as is_impossible,
        {{ shown_value('canonical_value', 'kind') }} as shown
    from {{ ref('match_key_parts') }}

),

agreed_then as (

    select
        made_by_rules.flow,
        made_by_rules.source_key,
        made_by_rules.target_key,
        made_by_rules.matched_by,
        made_by_rules.combination,
        made_by_rules.part,
        made_by_rules.kind,
        {{ newest('value_history.agreed_value', 'value_history.agreed_at') }}
            as agreed_value
    from made_by_rules
    left join value_history
        on
            made_by_rules.source_key = value_history.source_key
            and made_by_rules.part = value_history.property
            and made_by_rules.established_at >= value_history.agreed_at
    group by
        made_by_rules.flow, made_by_rules.source_key, made_by_rules.target_key,
        made_by_rules.matched_by, made_by_rules.combination, made_by_rules.part,
        made_by_rules.kind

),

judged_parts as (

    select
        agreed_then.*,
        case
            when agreed_then.agreed_value is not null
                then
                    not {{ is_possible(
                        'agreed_then.agreed_value', 'agreed_then.kind'
                    ) }}
            else
                coalesce(of_source.is_impossible, false)
                or coalesce(of_target.is_impossible, false)
        end as is_impossible,
        case
            when agreed_then.agreed_value is not null
                then {{ shown_value('agreed_then.agreed_value', 'agreed_then.kind') }}
            when of_source.is_impossible then of_source.shown
            else of_target.shown
        end as shown
    from agreed_then
    left join held_now as of_source
        on
            agreed_then.flow = of_source.flow
            and agreed_then.combination = of_source.combination
            and agreed_then.part = of_source.part
            and agreed_then.source_key = of_source.record_key
    left join held_now as of_target
        on
            agreed_then.flow = of_target.flow
            and agreed_then.combination = of_target.combination
            and agreed_then.part = of_target.part
            and agreed_then.target_key = of_target.record_key

),

judged_combinations as (

    select
        flow,
        source_key,
        target_key,
        matched_by,
        combination,
        bool_or(is_impossible) as is_impossible,
        min(case when is_impossible then shown end) as shown
    from judged_parts
    group by flow, source_key, target_key, matched_by, combination

),

-- A combination that the seeds know no more can't be judged: such a link stays quiet.
doubtful as (

    select
        flow,
        source_key,
        target_key,
        matched_by,
        {{ sorted_text_list('shown', "' and '", distinct=true) }} as shown
    from judged_combinations
    group by flow, source_key, target_key, matched_by
    having
        bool_and(is_impossible)
        and count(*) = length(matched_by) - length(replace(matched_by, ', ', ',')) + 1

)

select * from doubtful

-- One row per touched star, group and contestant that speaks for itself: it wants its
-- values agreed on. (Who only agrees with another is left out: merge_agreeing.) Whoever
-- speaks for others has edited as late as the latest of them, their clocks are in doubt
-- as well, and what one of them wins by, it wins by: above all a person's answer.

with

contestant_values as (

    select * from {{ ref('merge_contestant_values') }}

),

agreeing as (

    select * from {{ ref('merge_agreeing') }}

),

all_contestants as (

    select
        source_key,
        property_group,
        contestant_key,
        bool_or(is_source) as is_source,
        min(seed_order) as seed_order,
        max(edited_at) as edited_at,
        max(clock_uncertainty_s) as clock_uncertainty_s,
        min(wins_by) as wins_by
    from contestant_values
    group by source_key, property_group, contestant_key

),

spoken_for as (

    select distinct source_key, property_group, contestant_key from agreeing

),

latest_agreeing as (

    select
        agreeing.source_key,
        agreeing.property_group,
        agreeing.speaks_for_it as contestant_key,
        max(all_contestants.edited_at) as edited_at,
        max(all_contestants.clock_uncertainty_s) as clock_uncertainty_s,
        min(all_contestants.wins_by) as wins_by
    from agreeing
    inner join all_contestants
        on
            agreeing.source_key = all_contestants.source_key
            and agreeing.property_group = all_contestants.property_group
            and agreeing.contestant_key = all_contestants.contestant_key
    group by agreeing.source_key, agreeing.property_group, agreeing.speaks_for_it

),

contestants as (

    select
        all_contestants.source_key,
        all_contestants.property_group,
        all_contestants.contestant_key,
        all_contestants.is_source,
        all_contestants.seed_order,
        case
            when all_contestants.edited_at is null then null
            else greatest(
                all_contestants.edited_at,
                coalesce(latest_agreeing.edited_at, all_contestants.edited_at)
            )
        end as edited_at,
        greatest(
            all_contestants.clock_uncertainty_s,
            coalesce(latest_agreeing.clock_uncertainty_s, 0)
        ) as clock_uncertainty_s,
        least(all_contestants.wins_by, latest_agreeing.wins_by) as wins_by
    from all_contestants
    left join spoken_for
        on
            all_contestants.source_key = spoken_for.source_key
            and all_contestants.property_group = spoken_for.property_group
            and all_contestants.contestant_key = spoken_for.contestant_key
    left join latest_agreeing
        on
            all_contestants.source_key = latest_agreeing.source_key
            and all_contestants.property_group = latest_agreeing.property_group
            and all_contestants.contestant_key = latest_agreeing.contestant_key
    where spoken_for.contestant_key is null

)

select * from contestants

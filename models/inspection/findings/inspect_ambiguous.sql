-- One row per source record that matches several records or shares its match; where
-- several share one value, one row for all of them, under the first one's key.

with

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

keys as (

    select * from {{ ref('match_keys') }}

),

pairs as (

    select * from {{ ref('match_pairs') }}

),

targets as (

    select
        flow,
        combination,
        match_key,
        record_key,
        row_number() over (
            partition by flow, combination, match_key order by record_key
        ) as from_first
    from keys
    where side = 'target'

),

targets_of_value as (

    select
        flow,
        combination,
        match_key,
        count(*) as targets,
        min(record_key) as first_target,
        {{ sorted_text_list('case when from_first <= 3 then record_key end', "', '") }}
            as first_targets
    from targets
    group by flow, combination, match_key

),

shared as (

    select
        ambiguous.flow,
        ambiguous.source_key,
        keys.combination,
        keys.match_key,
        keys.shown,
        targets_of_value.targets,
        targets_of_value.first_target,
        targets_of_value.first_targets,
        count(*) over (
            partition by keys.flow, keys.combination, keys.match_key
        ) as crowd,
        count(*) over (
            partition by ambiguous.flow, ambiguous.source_key
        ) as values_shared
    from ambiguous
    inner join keys
        on
            ambiguous.flow = keys.flow
            and ambiguous.source_key = keys.record_key
            and keys.side = 'source'
    inner join targets_of_value
        on
            keys.flow = targets_of_value.flow
            and keys.combination = targets_of_value.combination
            and keys.match_key = targets_of_value.match_key

),

-- A record that shares several values stands with the largest crowd.
placed as (

    select
        shared.*,
        row_number() over (
            partition by flow, source_key order by crowd desc, combination asc
        ) as largest_first
    from shared

),

gathered as (

    select
        placed.*,
        count(*) over (partition by flow, combination, match_key) as together,
        row_number() over (
            partition by flow, combination, match_key order by source_key
        ) as from_first
    from placed
    where largest_first = 1

),

crowds as (

    select
        flow,
        combination,
        match_key,
        min(shown) as shown,
        min(source_key) as source_key,
        min(first_target) as first_target,
        count(*) as sources,
        max(values_shared) as values_shared,
        min(targets) as targets,
        min(first_targets) as first_targets,
        {{ sorted_text_list('case when from_first <= 3 then source_key end', "', '") }}
            as first_sources
    from gathered
    where together > 1
    group by flow, combination, match_key

),

singles as (

    select ambiguous.*
    from ambiguous
    left join gathered
        on
            ambiguous.flow = gathered.flow
            and ambiguous.source_key = gathered.source_key
            and gathered.together > 1
    where gathered.flow is null

),

choices as (

    select
        singles.flow,
        singles.source_key,
        pairs.target_key,
        row_number() over (
            partition by singles.flow, singles.source_key order by pairs.target_key
        ) as place
    from singles
    inner join pairs
        on singles.flow = pairs.flow and singles.source_key = pairs.source_key

),

choices_of_source as (

    select
        flow,
        source_key,
        {{ sorted_text_list(
            "case when place <= 3 then "
            ~ command('link', ['flow', 'source_key', 'target_key']) ~ " end", "' or '"
        ) }} as commands
    from choices
    group by flow, source_key

),

rivals as (

    select distinct
        choices.flow,
        choices.source_key,
        pairs.source_key as rival_key
    from choices
    inner join pairs
        on choices.flow = pairs.flow and choices.target_key = pairs.target_key
    where choices.source_key <> pairs.source_key

),

placed_rivals as (

    select
        rivals.*,
        row_number() over (
            partition by flow, source_key order by rival_key
        ) as place
    from rivals

),

rivals_of_source as (

    select
        flow,
        source_key,
        count(*) as rivals,
        {{ sorted_text_list('case when place <= 3 then rival_key end', "', '") }}
            as first_rivals
    from placed_rivals
    group by flow, source_key

),

findings as (

    select
        'ambiguous_match' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        sources || ' records share ' || case
            when values_shared = 1 then 'nothing but '
            else ''
        end || shown || ' (' || combination || ') with ' || targets || ' in ' || flow
        || ', so none of them is linked: ' || first_sources || case
            when sources > 3 then ' and ' || (sources - 3) || ' more'
            else ''
        end || '; there: ' || first_targets || case
            when targets > 3 then ' and ' || (targets - 3) || ' more'
            else ''
        end || '.' as message,
        'Link the right pairs, as in '
        || {{ command('link', ['flow', 'source_key', 'first_target']) }}
        || '. Or make the values differ where they are wrong.' as next_step
    from crowds

    union all

    select
        'ambiguous_match' as kind,
        singles.source_key as record_key,
        cast(null as varchar) as property,
        'It matches ' || case
            when singles.candidates = 1 then 'one record'
            else singles.candidates || ' records'
        end || ' in ' || singles.flow || ' (by ' || singles.matched_by || '): '
        || singles.candidate_keys || coalesce(
            case
                when singles.candidates = 1 then ', which '
                else '; of these, some '
            end || rivals_of_source.first_rivals || case
                when rivals_of_source.rivals > 3
                    then ' and ' || (rivals_of_source.rivals - 3) || ' more match'
                when rivals_of_source.rivals > 1 then ' match'
                else ' matches'
            end || ', too', ''
        ) || '.' as message,
        'Link the right pair: ' || choices_of_source.commands
        || '. Or make the values differ where they are wrong.' as next_step
    from singles
    inner join choices_of_source
        on
            singles.flow = choices_of_source.flow
            and singles.source_key = choices_of_source.source_key
    left join rivals_of_source
        on
            singles.flow = rivals_of_source.flow
            and singles.source_key = rivals_of_source.source_key

)

select * from findings

-- One row per source record that matches several records, or one that others match,
-- too. Where several share one value, inspect_crowds has one row for all of them.

with

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

pairs as (

    select * from {{ ref('match_pairs') }}

),

shared_values as (

    select * from {{ ref('inspect_shared_values') }} where together > 1

),

singles as (

    select ambiguous.*
    from ambiguous
    left join shared_values
        on
            ambiguous.flow = shared_values.flow
            and ambiguous.source_key = shared_values.source_key
    where shared_values.flow is null

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

    select
        choices.flow,
        choices.source_key,
        pairs.source_key as rival_key,
        row_number() over (
            partition by choices.flow, choices.source_key order by pairs.source_key
        ) as place
    from choices
    inner join pairs
        on choices.flow = pairs.flow and choices.target_key = pairs.target_key
    where choices.source_key <> pairs.source_key
    group by choices.flow, choices.source_key, pairs.source_key

),

rivals_of_source as (

    select
        flow,
        source_key,
        count(*) as rivals,
        {{ sorted_text_list('case when place <= 3 then rival_key end', "', '") }}
            as first_rivals
    from rivals
    group by flow, source_key

),

findings as (

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
        || '. Or make the values differ where they are wrong.' as next_step,
        singles.flow as told_apart_by
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

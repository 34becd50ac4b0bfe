{{ config(materialized='view') }}

-- One row per value that several ambiguous source records share, under the key of the
-- first of them.

with

shared_values as (

    select * from {{ ref('inspect_shared_values') }}

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
    from shared_values
    where together > 1
    group by flow, combination, match_key

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
        || '. Or make the values differ where they are wrong.' as next_step,
        concat_ws(' ', flow, combination, match_key) as told_apart_by
    from crowds

)

select * from findings

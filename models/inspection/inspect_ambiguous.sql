-- One row per source record that matches several records or shares its match; where
-- several share one value, one row for all of them, under the first one's key.

with

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

keys as (

    select * from {{ ref('match_keys') }}

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
        'Link the right pairs: lenke link ' || flow || ' SOURCE TARGET. Or make the '
        || 'values differ where they are wrong.' as next_step
    from crowds

    union all

    select
        'ambiguous_match' as kind,
        ambiguous.source_key as record_key,
        cast(null as varchar) as property,
        'It matches several records, or shares a match, in ' || ambiguous.flow
        || ' (by ' || ambiguous.matched_by || '): ' || ambiguous.candidate_keys || '.'
            as message,
        'Link the right pair: lenke link ' || ambiguous.flow || ' '
        || ambiguous.source_key
        || ' TARGET. Or make the values differ where they are wrong.' as next_step
    from ambiguous
    left join gathered
        on
            ambiguous.flow = gathered.flow
            and ambiguous.source_key = gathered.source_key
            and gathered.together > 1
    where gathered.flow is null

)

select * from findings

{{ config(materialized='view') }}

-- One row per ambiguous source record that shares a value with records of the other
-- side: that value, how many stand with it (`together`) and their order. A record that
-- shares several values stands with the largest crowd.

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

)

select * from gathered

-- One row per record and property that shows a value which could not be confirmed: a
-- list has it, nothing proves it, and the record itself gave no answer. It counts for
-- nothing, and is asked for again in the next run.

with

sights as (

    select * from {{ ref('merge_sights') }}
    where is_unconfirmed

),

single_reads as (

    select record_key, outcome, words from {{ ref('stg_run__single_reads') }}
    where outcome <> 'found'

),

unconfirmed as (

    select distinct
        sights.member_key as record_key,
        sights.name as property,
        'shown ' || sights.shown_native || ', known ' || sights.observed
        || coalesce('; ' || single_reads.words, '') as details
    from sights
    left join single_reads on sights.member_key = single_reads.record_key

)

select * from unconfirmed

-- One row per record and property that shows a value which could not be confirmed: a
-- list has it, nothing proves it, and the record itself gave no answer. It counts for
-- nothing, and is asked for again in the next run.

with

member_values as (

    select * from {{ ref('merge_values') }}
    where is_unconfirmed

),

single_reads as (

    select record_key, outcome, words from {{ ref('stg_run__single_reads') }}
    where outcome <> 'found'

),

unconfirmed as (

    select distinct
        member_values.member_key as record_key,
        member_values.name as property,
        'shown ' || member_values.shown_native || ', known ' || member_values.observed
        || coalesce('; ' || single_reads.words, '') as details
    from member_values
    left join single_reads on member_values.member_key = single_reads.record_key

)

select * from unconfirmed

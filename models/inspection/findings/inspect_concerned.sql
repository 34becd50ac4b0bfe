-- One row per finding and record that it is about or speaks of, with its name.

with

findings as (

    select * from {{ ref('inspect_findings') }}

),

records as (

    select record_key, record_name from {{ ref('records') }}

),

texts as (

    select
        finding_id,
        record_key as about,
        record_key || ' ' || message || ' ' || next_step as words
    from findings

),

spoken_of as (

    select
        finding_id,
        about,
        words,
        {{ unfolded(record_keys_in('words')) }} as spoken_key
    from texts

),

-- An id with a blank in it is not seen in a sentence.
concerned as (

    select
        finding_id,
        words,
        spoken_key as record_key
    from spoken_of

    union

    select
        finding_id,
        words,
        about as record_key
    from texts

),

named as (

    select
        concerned.finding_id,
        concerned.record_key,
        records.record_name,
        row_number() over (
            partition by concerned.finding_id
            order by position(concerned.record_key in concerned.words)
        ) as place
    from concerned
    inner join records on concerned.record_key = records.record_key

)

select * from named

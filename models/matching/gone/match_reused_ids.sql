-- One row per record that has the key of a record that is gone, and is another one. Its
-- stamp of creation says so, unless every value is the same (a person typed it in once
-- more); where the system shows no such stamp, having no value that tells records apart
-- in common with what was observed does.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where state = 'ended'

),

likeness as (

    select * from {{ ref('match_past_likeness') }}

),

present as (

    select record_key, system_name, entity, loaded_at from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

entities as (

    select * from {{ ref('entities') }}

),

limits as (

    select {{ limit_named('clock_difference_s') }} as clock_difference_s
    from {{ ref('limits') }}

),

candidates as (

    select gone_key as record_key, min(established_at) as established_at
    from lost_links
    group by gone_key

),

stamped as (

    select
        candidates.record_key,
        candidates.established_at,
        entities.clock_uncertainty_s + limits.clock_difference_s as clock_doubt_s,
        present.loaded_at,
        {{ utc_stamp(json_text('records.record', 'entities.created_path')) }}
            as told_created_at
    from candidates
    inner join present on candidates.record_key = present.record_key
    inner join records on candidates.record_key = records.record_key
    inner join entities
        on
            present.system_name = entities.system_name
            and present.entity = entities.entity
    cross join limits

),

-- A stamp of the future tells nothing.
in_time as (

    select
        stamped.*,
        case
            when
                not {{ is_ahead('told_created_at', 'loaded_at', 'clock_doubt_s') }}
                then told_created_at
        end as created_at
    from stamped

),

judged as (

    select
        in_time.record_key,
        in_time.created_at,
        case
            when in_time.created_at is null
                then not coalesce(likeness.has_something_in_common, true)
            else
                {{ seconds_between('in_time.established_at', 'in_time.created_at') }}
                > in_time.clock_doubt_s
                and not coalesce(likeness.all_equal, false)
        end as is_another
    from in_time
    left join likeness on in_time.record_key = likeness.record_key

),

reused as (

    select
        record_key,
        case
            when created_at is null
                then 'it has nothing in common with the record that was there before'
            else 'it was created at ' || left(cast(created_at as varchar), 16)
        end as evidence
    from judged
    where is_another

)

select * from reused

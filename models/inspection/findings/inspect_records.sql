-- One row per record that a person should look at, for what it is or was written.

with

open_writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where is_open

),

set_aside as (

    select * from {{ ref('stg_run__set_aside') }}

),

absent_members as (

    select * from {{ ref('inspect_absent_members') }}

),

possible_doubles as (

    select * from {{ ref('match_possible_doubles') }}

),

unreadable as (

    select * from {{ ref('merge_outcomes') }}
    where sight = 'unreadable'

),

records as (

    select
        'open_write' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'Nobody knows yet whether the ' || operation || ' in ' || system_name || ' '
        || entity || ' was applied' || coalesce(': ' || error, '') || '.' as message,
        case
            when status = 'held'
                then
                    'Keep the right one: delete the others there, or link it with '
                    || source_key || ' in ' || flow || '.'
            else 'The next sync looks before anything is sent again.'
        end as next_step,
        write_id as told_apart_by
    from open_writes

    union all

    select
        'absent_record' as kind,
        member_key as record_key,
        cast(null as varchar) as property,
        'It is linked, but the newest complete listing does not have it, or it is '
        || 'deleted. It is neither edited nor written.' as message,
        'Restore it, or end ' || case
            when flow is null
                then 'its links, which are ' || {{ command('links', ['member_key']) }}
            else
                'the link: '
                || {{ command('unlink', ['flow', 'source_key', 'member_key']) }}
        end as next_step,
        source_key as told_apart_by
    from absent_members

    union all

    select
        'set_aside' as kind,
        coalesce(record_key, {{ record_key('system_name', 'entity', "'?'") }})
            as record_key,
        cast(null as varchar) as property,
        'Nobody can read it: ' || words || '. It is neither edited nor written, and '
        || 'counts as there' || case
            when record_key is null
                then '; as it may be any record, no other is missed in that listing'
            else ''
        end || '.' as message,
        'Correct it in its system; the next full listing reads it again.' as next_step,
        case when record_key is null then words end as told_apart_by
    from set_aside

    union all

    select
        'possible_double' as kind,
        target_key as record_key,
        cast(null as varchar) as property,
        'It is like what we sent for ' || source_key || ' in ' || flow
        || ', which could not be found then; it may have been applied long after, or '
        || 'stamped by a clock far from ours.'
            as message,
        'If it is the same, keep one: delete the other, or '
        || {{ command('link', ['flow', 'source_key', 'target_key']) }}
        || '. If it is another one: '
        || {{ command('create', ['flow', 'source_key']) }} as next_step,
        concat_ws(' ', flow, source_key) as told_apart_by
    from possible_doubles

    union all

    select
        'unreadable_value' as kind,
        member_key as record_key,
        name as property,
        'It holds a list or an object where a single value belongs. It counts as not '
        || 'told: nothing is passed on, and nothing is written there.' as message,
        'Ask the vendor what has changed; correct the json_path in '
        || 'seeds/entity_properties.csv if the value has moved.' as next_step,
        cast(null as varchar) as told_apart_by
    from unreadable

)

select * from records

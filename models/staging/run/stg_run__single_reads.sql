-- One row per record that was read singly: the newest such read, and what it found
-- (`found`, `gone`: the system says that it is not there, `failed`: no clear answer).

with

source as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        run_id,
        outcome,
        words,
        read_at
    from {{ run_table('single_reads', {
        'record_key': 'varchar', 'system_name': 'varchar', 'entity': 'varchar',
        'record_id': 'varchar', 'run_id': 'varchar', 'outcome': 'varchar',
        'words': 'varchar', 'read_at': 'timestamp with time zone',
    }) }}

),

ranked as (

    select
        source.*,
        row_number() over (
            partition by record_key order by read_at desc, run_id desc
        ) as newest_first
    from source

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        run_id,
        outcome,
        words,
        {{ as_utc('read_at') }} as read_at
    from ranked
    where newest_first = 1

)

select * from renamed

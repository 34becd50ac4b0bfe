-- One row per system, as the newest load found it: read, failed or not configured.

with

source as (

    select
        system_name,
        configured,
        outcome,
        error,
        run_id,
        cast(read_at as timestamp) as read_at
    from {{ run_table('systems', {
        'system_name': 'varchar', 'configured': 'boolean', 'outcome': 'varchar',
        'error': 'varchar', 'run_id': 'varchar',
        'read_at': 'timestamp with time zone',
    }) }}

),

renamed as (

    select
        system_name,
        configured,
        outcome,
        error,
        run_id,
        {{ as_utc('read_at') }} as read_at
    from source

)

select * from renamed

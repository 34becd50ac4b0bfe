-- One row per entity of a system that the newest load read: whether it was granted.

with

source as (

    select
        system_name,
        entity,
        outcome,
        error,
        run_id,
        cast(read_at as timestamp) as read_at
    from {{ run_table('entities', {
        'system_name': 'varchar', 'entity': 'varchar', 'outcome': 'varchar',
        'error': 'varchar', 'run_id': 'varchar',
        'read_at': 'timestamp with time zone',
    }) }}

),

renamed as (

    select
        system_name,
        entity,
        outcome,
        error,
        run_id,
        {{ as_utc('read_at') }} as read_at
    from source

)

select * from renamed

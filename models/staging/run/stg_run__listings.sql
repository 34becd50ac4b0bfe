-- One row per listing of an entity that a load read to its end.

with

source as (

    select
        listing_id,
        run_id,
        system_name,
        entity,
        kind,
        cast(started_at as timestamp) as started_at,
        records,
        complete
    from {{ run_table('listings', {
        'listing_id': 'varchar', 'run_id': 'varchar', 'system_name': 'varchar',
        'entity': 'varchar', 'kind': 'varchar',
        'started_at': 'timestamp with time zone', 'records': 'bigint',
        'complete': 'boolean',
    }) }}

),

renamed as (

    select
        listing_id,
        run_id,
        system_name,
        entity,
        kind,
        {{ as_utc('started_at') }} as started_at,
        records,
        complete
    from source

)

select * from renamed

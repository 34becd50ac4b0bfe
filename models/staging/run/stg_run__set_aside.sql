-- One row per record that the newest listings showed and nobody can read, and one per
-- row of a list whose key can't be read either (`record_key` is null then: it may be
-- any record).

with

source as (

    select
        system_name,
        entity,
        record_id,
        listing_id,
        words,
        seen_at
    from {{ run_table('set_aside', {
        'system_name': 'varchar', 'entity': 'varchar', 'record_id': 'varchar',
        'listing_id': 'varchar', 'words': 'varchar',
        'seen_at': 'timestamp with time zone',
    }) }}

),

ranked as (

    select
        source.*,
        row_number() over (
            partition by system_name, entity, record_id order by seen_at desc, words asc
        ) as newest_first
    from source

),

renamed as (

    select
        case
            when record_id is not null
                then {{ record_key('system_name', 'entity', 'record_id') }}
        end as record_key,
        system_name,
        entity,
        listing_id,
        words,
        {{ as_utc('seen_at') }} as seen_at
    from ranked
    where newest_first = 1 or record_id is null

)

select * from renamed

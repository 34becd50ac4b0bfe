-- One row per record that bears a reference which Lenke wrote, with this key, for this
-- kind of record, as its newest listing showed it.

with

source as (

    select
        system_name,
        entity,
        record_id,
        reference
    from {{ run_table('verified_references', {
        'system_name': 'varchar', 'entity': 'varchar', 'record_id': 'varchar',
        'reference': 'varchar',
    }) }}

),

renamed as (

    select distinct
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key,
        reference
    from source

)

select * from renamed

{{ config(materialized='view') }}

-- One row per record of any system and entity as raw holds it: its hash, and when it
-- was read. What a record says follows from raw alone, so this is enough to tell
-- whether one differs; and it is cheap to plan, which stg_read_records is not: every
-- run looks at it (stg_inputs).

with

records as (

    -- what follows is written by `lenke columns`, from the seeds
    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('tidsbanken', 'ansatt') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('tidsbanken', 'avdeling') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('tidsbanken', 'kunde') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('tidsbanken', 'prosjekt') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('powerofficego', 'contactperson') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('powerofficego', 'employees') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('powerofficego', 'customers') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('crmoffice', 'contacts') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('crmoffice', 'activities') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('membercare', 'companies') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('membercare', 'organizations') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('membercare', 'invoices') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('membercare', 'products') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('customwebshop', 'customer') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('customwebshop', 'order') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('customwebshop', 'product') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('custompms', 'customer') }}

    union all

    select record_key, system_name, entity, record_hash, loaded_at
    from {{ raw_records('custompms', 'project') }}
    -- what is written by `lenke columns` ends here

)

select * from records

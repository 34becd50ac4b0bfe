-- One row per record that has been read: what people call it. Nothing else of it is
-- here: ids are looked up in it, and names stand beside them.

with

records as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        is_listed and not is_deleted as is_there
    from {{ ref('stg_records') }}

),

entities as (

    select
        system_name,
        entity,
        split_part(name_paths, ' ', 1) as first_path,
        nullif(split_part(name_paths, ' ', 2), '') as second_path
    from {{ ref('entities') }}

),

named as (

    select
        records.record_key,
        records.system_name as system,
        records.entity,
        records.record_id,
        nullif(
            {{ trimmed(
                "concat_ws(' ', "
                ~ json_text('records.record', 'entities.first_path') ~ ', '
                ~ json_text('records.record', 'entities.second_path') ~ ')'
            ) }}, ''
        ) as record_name,
        records.is_there
    from records
    left join entities
        on
            records.system_name = entities.system_name
            and records.entity = entities.entity

)

select * from named

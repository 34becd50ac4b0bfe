-- One row per record that has been read: what people call it, and whether it is there.
-- Nothing else of it is here: ids are looked up in it, and names stand beside them.

with

records as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        is_listed and not is_deleted as is_there,
        is_deleted
    from {{ ref('stg_records') }}

),

entities as (

    select
        system_name,
        entity,
        split_part(name_paths, ' ', 1) as first_path,
        nullif(split_part(name_paths, ' ', 2), '') as second_path,
        number_path
    from {{ ref('entities') }}

),

gone as (

    select distinct record_key from {{ ref('match_gone_records') }}

),

paused as (

    select distinct record_key from {{ ref('match_resting_records') }}
    where rests_because = 'paused'

),

set_aside as (

    select distinct record_key from {{ ref('stg_run__set_aside') }}
    where record_key is not null

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
        records.is_there,
        {{ json_text('records.record', 'entities.number_path') }} as record_number,
        case
            when records.is_deleted then 'deleted'
            when not records.is_there and gone.record_key is not null then 'gone'
            when not records.is_there then 'not_listed'
            when set_aside.record_key is not null then 'set_aside'
            when paused.record_key is not null then 'paused'
            else 'there'
        end as state
    from records
    left join gone on records.record_key = gone.record_key
    left join paused on records.record_key = paused.record_key
    left join set_aside on records.record_key = set_aside.record_key
    left join entities
        on
            records.system_name = entities.system_name
            and records.entity = entities.entity

)

select * from named

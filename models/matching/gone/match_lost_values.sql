-- One row per pair that has parted, record of it and mapped property that was observed:
-- what the record held when we last looked, what it holds now (where it can be seen;
-- a mark of deletion shows the last values, too), and whether somebody edited it.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward')

),

observations as (

    select * from {{ ref('stg_ledger__observations') }}

),

record_states as (

    select record_key, written_at from {{ ref('stg_ledger__record_states') }}

),

lost_records as (

    select flow, source_key, target_key, source_key as record_key, true as is_source
    from lost_links

    union all

    select flow, source_key, target_key, target_key as record_key, false as is_source
    from lost_links

),

lost_keys as (

    select distinct record_key from lost_records

),

records as (

    select stg_records.record_key, stg_records.record, stg_records.loaded_at
    from {{ ref('stg_records') }} as stg_records
    inner join lost_keys on stg_records.record_key = lost_keys.record_key

),

mapped as (

    select
        lost_records.*,
        mapped_properties.property,
        mapped_properties.through_flow,
        mapped_properties.name,
        mapped_properties.json_path,
        mapped_properties.kind,
        mapped_properties.stored_as,
        mapped_properties.max_length
    from lost_records
    inner join mapped_properties
        on
            lost_records.flow = mapped_properties.flow
            and (mapped_properties.side = 'source') = lost_records.is_source

),

told as {{ once() }} (

    select
        mapped.*,
        observations.observed,
        observations.delivered,
        observations.is_delivered,
        case
            when record_states.written_at >= records.loaded_at
                then observations.observed
            else {{ json_value_told('records.record', 'mapped.json_path') }}
        end as native
    from mapped
    inner join observations
        on
            mapped.record_key = observations.record_key
            and mapped.property = observations.property
    left join records on mapped.record_key = records.record_key
    left join record_states on mapped.record_key = record_states.record_key

),

-- A reference is compared as it stands: the id that it names.
in_our_spelling as (

    select
        told.*,
        {{ canonical('told.observed', 'told.kind') }} as observed_value,
        {{ canonical('told.native', 'told.kind') }} as current_value
    from told

),

compared as (

    select
        in_our_spelling.*,
        {{ in_star_words('current_value', 'stored_as') }} as value_for_star,
        native is not null
        and (current_value is distinct from observed_value)
        and not (
            kind <> 'reference'
            and is_delivered
            and current_value is not distinct from {{ stored_as(
                'delivered', 'stored_as', 'max_length'
            ) }}
        ) as is_edited
    from in_our_spelling

)

select * from compared

{{ config(materialized='view') }}

-- One row per pair that is or was linked and property that we wrote into its target
-- over that link: what the target held before, and what it was given first. What its
-- own people typed meanwhile and the star took is its own.

with

links as (

    select * from {{ ref('inspect_parted_pairs') }}

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where status = 'done' and operation in ('create', 'update')

),

own_words as (

    select
        source_key,
        property,
        won_by,
        max(agreed_at) as agreed_at
    from {{ ref('stg_ledger__value_history') }}
    group by source_key, property, won_by

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'target'

),

written as (

    select
        links.flow,
        links.source_key,
        links.target_key,
        mapped_properties.property,
        mapped_properties.name,
        mapped_properties.kind,
        mapped_properties.property_group,
        mapped_properties.json_path,
        mapped_properties.stored_as,
        mapped_properties.max_length,
        mapped_properties.is_writable
        and mapped_properties.direction <> 'on_create' as is_kept_in_step,
        writes.operation,
        writes.intended_at,
        {{ json_value(
            'writes.properties_before', named_path('mapped_properties.name')
        ) }} as native_before,
        {{ json_value(
            'writes.properties_after', named_path('mapped_properties.name')
        ) }} as native_after,
        row_number() over (
            partition by
                links.flow, links.source_key, links.target_key,
                mapped_properties.property
            order by writes.intended_at asc, writes.write_id asc
        ) as place
    from links
    inner join writes on {{ written_over('links', 'writes') }}
    inner join mapped_properties on links.flow = mapped_properties.flow
    left join own_words
        on
            links.source_key = own_words.source_key
            and links.target_key = own_words.won_by
            and mapped_properties.property = own_words.property
    where
        {{ json_value(
            'writes.properties_after', named_path('mapped_properties.name')
        ) }} is not null
        and coalesce(writes.intended_at > own_words.agreed_at, true)

),

first_writes as (

    select * from written
    where place = 1

)

select * from first_writes

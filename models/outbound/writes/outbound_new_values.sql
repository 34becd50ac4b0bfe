-- One row per record to create and mapped property: what it should hold, null where
-- that is empty. A property that is set once takes the source's value as it is now.

with

unlinked_sources as (

    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

of_target as (

    select * from mapped_properties where side = 'target'

),

of_source as (

    select * from mapped_properties where side = 'source'

),

set_once_natives as (

    select
        unlinked_sources.flow,
        unlinked_sources.source_key,
        of_source.property,
        of_source.kind,
        {{ json_value_told('records.record', 'of_source.json_path') }} as native
    from unlinked_sources
    inner join of_source
        on
            unlinked_sources.flow = of_source.flow
            and of_source.direction = 'on_create'
    inner join records on unlinked_sources.source_key = records.record_key

),

set_once_told as (

    select
        flow,
        source_key,
        property,
        kind,
        {{ canonical('native', 'kind') }} as told_value
    from set_once_natives

),

set_once as {{ once() }} (

    select
        flow,
        source_key,
        property,
        {{ unmasked('told_value', 'kind') }} as canonical_value
    from set_once_told

),

valued as (

    select
        unlinked_sources.flow,
        unlinked_sources.source_key,
        of_target.system_name,
        of_target.entity,
        of_target.property,
        of_target.name,
        of_target.json_path,
        of_target.kind,
        of_target.wire_type,
        of_target.empty_as,
        of_target.accepts,
        of_target.property_group,
        of_target.create_waits,
        of_target.is_required as is_mandatory,
        of_target.through_flow,
        coalesce(set_once.canonical_value, agreed.agreed_value) as delivered,
        {{ stored_as(
            'coalesce(set_once.canonical_value, agreed.agreed_value)',
            'of_target.stored_as', 'of_target.max_length'
        ) }} as value_to_store
    from unlinked_sources
    inner join of_target on unlinked_sources.flow = of_target.flow
    left join set_once
        on
            unlinked_sources.flow = set_once.flow
            and unlinked_sources.source_key = set_once.source_key
            and of_target.property = set_once.property
    left join agreed
        on
            unlinked_sources.source_key = agreed.source_key
            and of_target.property = agreed.property

)

select * from valued

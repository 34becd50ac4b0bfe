-- One row per record to create and mapped property that has a value for it. A value
-- that the target would refuse, or a reference that leads nowhere yet, is left out and
-- follows when it can (`held_because`). What the target would fill in by itself when it
-- is left out counts as required, too: nobody typed that value.

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

misordered as (

    select * from {{ ref('merge_ends_before_start') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

links as (

    select distinct flow, source_key from {{ ref('match_links') }}

),

referable as (

    select * from links
    union
    select * from unlinked_sources

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

set_once as (

    select
        flow,
        source_key,
        property,
        {{ unmasked(canonical('native', 'kind'), 'kind') }} as canonical_value
    from set_once_natives

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
        of_target.is_required or of_target.create_waits as is_required,
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

),

judged as (

    select
        valued.*,
        case
            when valued.value_to_store is null and valued.create_waits
                then 'would_be_filled_in'
            when valued.value_to_store is null and valued.is_required
                then 'cannot_be_empty'
            when not {{ accepted(
                    'valued.value_to_store', 'valued.accepts', 'valued.wire_type'
                ) }}
                then 'not_accepted'
            when {{ is_mask('valued.value_to_store', 'valued.kind') }}
                then 'agreed_mask'
            when misordered.property_group is not null then 'ends_before_start'
            when
                valued.kind = 'reference'
                and valued.delivered is not null
                and referable.flow is null
                then 'unlinked_reference'
        end as held_alone
    from valued
    left join misordered
        on
            valued.source_key = misordered.source_key
            and valued.system_name = misordered.system_name
            and valued.entity = misordered.entity
            and valued.property_group = misordered.property_group
    left join referable
        on
            valued.through_flow = referable.flow
            and valued.delivered = referable.source_key
    where valued.value_to_store is not null or valued.is_required

),

-- A group is written together or not at all; the record is made without it.
outcomes as (

    select
        judged.*,
        case
            when
                held_alone is null
                and not is_required
                and count(held_alone) over (partition by flow, source_key, property_group) > 0
                then 'with_its_group'
            else held_alone
        end as held_because
    from judged

)

select * from outcomes

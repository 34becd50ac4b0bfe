{{ config(materialized='view') }}

-- One row per example that would link, or might, and property that the flow keeps in
-- step: what the two records hold, side by side, in our spelling. Never a national id;
-- a reference is the id that the system shows.

with

examples as (

    select distinct flow, source_key, target_key
    from {{ ref('inspect_match_examples') }}
    where source_key is not null and target_key is not null

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

sides as (

    select
        examples.*,
        mapped_properties.side,
        mapped_properties.property,
        mapped_properties.name,
        mapped_properties.kind,
        {{ json_value_told('records.record', 'mapped_properties.json_path') }} as native
    from examples
    inner join mapped_properties on examples.flow = mapped_properties.flow
    inner join records
        on
            records.record_key = case
                when mapped_properties.side = 'source' then examples.source_key
                else examples.target_key
            end
    where mapped_properties.kind <> 'national_id'

),

in_our_spelling as {{ once() }} (

    select
        sides.*,
        {{ canonical('native', 'kind') }} as canonical_value
    from sides

),

side_by_side as (

    select
        flow,
        source_key,
        target_key,
        property,
        max(case when side = 'source' then name end) as source_name,
        max(case when side = 'source' then canonical_value end) as source_value,
        max(case when side = 'target' then name end) as target_name,
        max(case when side = 'target' then canonical_value end) as target_value
    from in_our_spelling
    group by flow, source_key, target_key, property

)

select * from side_by_side

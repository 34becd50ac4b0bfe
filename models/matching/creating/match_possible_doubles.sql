-- One row per create that could not be found, and record that is like what it sent
-- after all: a system may have applied it long after we looked, or its clock may be
-- far from ours. Nobody is linked to that record. All of what was sent is the same,
-- however old the record is; in one that has changed since, one of at least three
-- values may differ.

with

candidates as (

    select * from {{ ref('match_double_candidates') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

entity_properties as (

    select * from {{ ref('entity_properties') }}

),

natives as (

    select
        candidates.*,
        entity_properties.kind,
        entity_properties.stored_as,
        entity_properties.max_length,
        {{ json_value(
            'candidates.properties_after', "'$.\"' || entity_properties.property || '\"'"
        ) }} as sent,
        {{ json_value_told('records.record', 'entity_properties.json_path') }}
            as native
    from candidates
    inner join records on candidates.target_key = records.record_key
    inner join entity_properties
        on
            candidates.system_name = entity_properties.system_name
            and candidates.entity = entity_properties.entity

),

in_our_spelling as {{ once() }} (

    select
        natives.*,
        {{ canonical('sent', 'kind') }} as sent_value,
        {{ canonical('native', 'kind') }} as current_value
    from natives

),

as_stored as (

    select
        in_our_spelling.*,
        {{ stored_as('sent_value', 'stored_as', 'max_length') }} as sent_as_stored
    from in_our_spelling
    where sent_value is not null

),

in_common_spelling as {{ once() }} (

    select
        as_stored.*,
        {{ common_spelling('sent_as_stored', 'kind') }} as sent_spelling,
        {{ common_spelling('current_value', 'kind') }} as current_spelling
    from as_stored

),

compared as (

    select
        write_id,
        flow,
        source_key,
        target_key,
        is_changed_since,
        count(*) as values_sent,
        sum(
            case
                when current_spelling is not distinct from sent_spelling then 1
                else 0
            end
        ) as values_alike
    from in_common_spelling
    group by write_id, flow, source_key, target_key, is_changed_since

),

doubles as (

    select distinct flow, source_key, target_key
    from compared
    where
        values_alike = values_sent
        or (is_changed_since and values_sent >= 3 and values_alike = values_sent - 1)

)

select * from doubles

{{ config(materialized="view") }}

-- One row per linked or to-be-created record and mapped property: what it should hold,
-- as plain text (null: empty) and as the JSON that is written. Writes are the part of
-- this that differs from what the record holds, and out_ models are its wide form.
-- `is_touched` says that this run has decided it: who asks for that alone pays for no
-- record that rests. A reference shows the linked record's id, and is null while there
-- is no link; in a target the push fills it in.

with

links as (

    select flow, source_key, target_key from {{ ref('match_links') }}

),

touched as (

    select * from {{ ref('outbound_touched_values') }}

),

resting as (

    select * from {{ ref('outbound_resting_values') }}

),

all_values as (

    select
        touched.*,
        true as is_touched
    from touched

    union all

    select
        resting.*,
        false as is_touched
    from resting

),

told_apart as (

    select
        all_values.*,
        all_values.kind = 'reference'
        and not all_values.is_source
        and all_values.agreed_value is not null as is_filled_in,
        case
            when all_values.kind = 'reference' and all_values.is_source
                then {{ record_id_of('all_values.agreed_value') }}
            else nullif(all_values.value_to_store, {{ unmapped() }})
        end as stored_value
    from all_values

),

spelt as (

    select
        told_apart.flow,
        told_apart.source_key,
        told_apart.record_key,
        {{ record_id_of('told_apart.record_key') }} as record_id,
        told_apart.is_source,
        told_apart.is_linked,
        told_apart.is_touched,
        told_apart.system_name,
        told_apart.entity,
        told_apart.property,
        told_apart.name,
        told_apart.wire_type,
        told_apart.agreed_value,
        case
            when told_apart.is_filled_in then {{ record_id_of('referred.target_key') }}
            else told_apart.stored_value
        end as target_value,
        case
            when not told_apart.is_filled_in
                then
                    {{ written_json(
                        'told_apart.stored_value', 'told_apart.wire_type',
                        'told_apart.empty_as'
                    ) }}
        end as value_after,
        case
            when told_apart.is_filled_in then told_apart.through_flow
        end as reference_flow,
        case when told_apart.is_filled_in then told_apart.agreed_value end
            as reference_key
    from told_apart
    left join links as referred
        on
            told_apart.is_filled_in
            and told_apart.through_flow = referred.flow
            and told_apart.agreed_value = referred.source_key

)

select * from spelt

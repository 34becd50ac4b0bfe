{{ config(materialized='view') }}

-- One row per pair that is or was linked and property that came to its target over that
-- link: what it held before, what it was given, and why it is left as it is.

with

to_targets as (

    select * from {{ ref('inspect_first_writes') }}

),

records as (

    select record_key, record, loaded_at from {{ ref('stg_records') }}

),

observations as (

    select * from {{ ref('stg_ledger__observations') }}

),

record_states as (

    select record_key, written_at from {{ ref('stg_ledger__record_states') }}

),

told as {{ once() }} (

    select
        to_targets.*,
        observations.observed,
        observations.delivered,
        observations.is_delivered,
        case
            when record_states.written_at >= records.loaded_at
                then observations.observed
            else {{ json_value_told('records.record', 'to_targets.json_path') }}
        end as native_now
    from to_targets
    left join records on to_targets.target_key = records.record_key
    left join record_states on to_targets.target_key = record_states.record_key
    left join observations
        on
            to_targets.target_key = observations.record_key
            and to_targets.property = observations.property

),

in_our_spelling as (

    select
        told.*,
        {{ canonical('native_now', 'kind') }} as value_now,
        {{ canonical('observed', 'kind') }} as observed_value
    from told

),

copied as (

    select
        flow,
        source_key,
        target_key,
        'put_back_target' as decided_kind,
        target_key as record_key,
        property,
        property_group,
        name,
        native_before as value_before,
        coalesce(observed, native_after) as value_given,
        native_now as value_now,
        intended_at as since,
        case
            when operation = 'create'
                then 'Lenke made the record over this link: it held nothing before'
            when native_before is null then 'its system did not tell what it held'
            when not is_kept_in_step then 'it can''t be written'
            when native_now is null then 'the record can''t be seen now'
            when
                (value_now is distinct from observed_value)
                and not coalesce(
                    kind <> 'reference'
                    and is_delivered
                    and (value_now is not distinct from {{ stored_as(
                        'delivered', 'stored_as', 'max_length'
                    ) }}),
                    false
                )
                then 'somebody has edited it since'
        end as left_because
    from in_our_spelling

)

select * from copied

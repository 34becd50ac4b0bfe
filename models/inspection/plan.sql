-- One row per write that a push would send now. A reference into a target system shows
-- the linked record's id, or the source record that it will be translated from.

with

writes as (

    select * from {{ ref('outbound_writes') }}

),

links as (

    select flow, source_key, target_key from {{ ref('match_links') }}

),

shown as (

    select
        writes.*,
        coalesce(
            writes.value_after,
            {{ json_quoted(
                'coalesce(' ~ record_id_of('links.target_key')
                ~ ', writes.reference_key)'
            ) }}
        ) as shown_after
    from writes
    left join links
        on
            writes.reference_flow = links.flow
            and writes.reference_key = links.source_key

),

plan as (

    select
        flow,
        operation,
        system_name as system,
        entity,
        record_id,
        {{ json_members('name', "coalesce(native_before, 'null')") }}
            as properties_before,
        {{ json_members('name', 'shown_after') }} as properties_after,
        {{ sorted_text_list('reason', "', '", distinct=true) }} as reason,
        source_key,
        payload_hash
    from shown
    group by
        write_key, flow, operation, system_name, entity, record_id, source_key,
        payload_hash

)

select * from plan

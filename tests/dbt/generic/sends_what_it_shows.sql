{#- Gives each value that a push would send and that is not what the out_ model shows of
    its record. A reference that the push fills in is shown as the id of the linked
    record, and as nothing while there is no link. (What is done to records that are gone
    is shown nowhere, nor what gets its own back: they are linked to nothing.) -#}
{% test sends_what_it_shows(model) %}

{% set system_name, entity = model.identifier[4:].split("__") %}

    with

    sent as (

        select
            writes.*,
            properties.empty_as
        from {{ ref('outbound_writes') }} as writes
        inner join {{ ref('entity_properties') }} as properties
            on
                writes.system_name = properties.system_name
                and writes.entity = properties.entity
                and writes.name = properties.property
        where
            writes.system_name = '{{ system_name }}'
            and writes.entity = '{{ entity }}'
            and writes.operation <> 'delete'
            and writes.reason not in ('source_gone', 'target_gone')

    ),

    shown as (

        {{ one_row_per_column(
            model, ['flow', 'source_key', 'record_id', 'is_linked'],
            'column_name', 'shown_value'
        ) }}

    ),

    links as (

        select flow, source_key, target_key from {{ ref('match_links') }}

    ),

    compared as (

        select
            sent.write_key,
            sent.name,
            sent.value_after,
            sent.reference_key,
            shown.shown_value,
            case
                when shown.source_key is null then sent.reason = 'unlinked'
                when sent.reference_key is not null
                    then
                        shown.shown_value
                        is not distinct from {{ record_id_of('links.target_key') }}
                else
                    sent.value_after is not distinct from {{ written_json(
                        'shown.shown_value', 'sent.wire_type', 'sent.empty_as'
                    ) }}
            end as is_what_is_shown
        from sent
        left join shown
            on
                sent.source_key = shown.source_key
                and sent.record_id is not distinct from shown.record_id
                and (shown.flow is null or sent.flow = shown.flow)
                and sent.name = shown.column_name
        left join links
            on
                sent.reference_flow = links.flow
                and sent.reference_key = links.source_key

    )

    select * from compared
    where not is_what_is_shown

{% endtest %}

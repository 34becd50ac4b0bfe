{#- The raw records of an entity; typed and empty while nothing has loaded them. -#}
{% macro raw_records(system_name, entity) -%}
    {%- set relation = source('raw_' ~ system_name, entity) -%}
    {%- set loaded = is_loaded(relation) -%}
    (
        select
            {{ record_key("'" ~ system_name ~ "'", "'" ~ entity ~ "'", 'raw.record_id') }}
                as record_key,
            '{{ system_name }}' as system_name,
            '{{ entity }}' as entity,
            raw.record_id,
            raw.record,
            raw.content_hash as record_hash,
            raw.listing_id,
            {{ as_utc('raw.loaded_at') }} as loaded_at
        from
        {% if loaded %}
            {{ relation }} as raw
        {% else %}
            (
                select
                    cast(null as varchar) as record_id,
                    cast(null as varchar) as record,
                    cast(null as varchar) as content_hash,
                    cast(null as varchar) as listing_id,
                    cast(null as timestamp with time zone) as loaded_at
            ) as raw
        where false
        {% endif %}
    )
{%- endmacro %}

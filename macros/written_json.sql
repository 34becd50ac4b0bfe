{#- A stored value as the JSON that is written, in the system's own spelling of empty. -#}
{% macro written_json(stored_value, wire_type, empty_as) -%}
    case
        when {{ stored_value }} is null and {{ empty_as }} = 'empty_text' then '""'
        when {{ stored_value }} is null then 'null'
        when {{ wire_type }} in ('integer', 'number', 'boolean', 'array')
            then {{ stored_value }}
        else {{ json_quoted(stored_value) }}
    end
{%- endmacro %}

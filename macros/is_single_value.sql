{#- Whether JSON text is one value, and neither a list nor an object. -#}
{% macro is_single_value(json) -%}
    coalesce(json_type({{ json }}) not in ('OBJECT', 'ARRAY'), true)
{%- endmacro %}

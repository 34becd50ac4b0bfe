{#- A member as JSON text; null when it is absent, 'null' when it is null. -#}
{% macro json_value(document, path) -%}
    cast(json_extract({{ document }}, {{ path }}) as varchar)
{%- endmacro %}

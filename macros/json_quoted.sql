{#- A text as JSON text; 'null' when it is null. -#}
{% macro json_quoted(expression) -%}
    coalesce(cast(to_json(cast({{ expression }} as varchar)) as varchar), 'null')
{%- endmacro %}

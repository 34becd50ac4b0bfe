{#- A text as a field of a CSV file; null when it is null. -#}
{% macro in_csv(expression) -%}
    '"' || replace(cast({{ expression }} as varchar), '"', '""') || '"'
{%- endmacro %}

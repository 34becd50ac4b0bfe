{#- Whether a system has another code for a property (seed value_maps): the rule by which
    it stores the value is then the map itself, a line for each way of each row. -#}
{% macro is_mapped(rule) -%}
    starts_with({{ rule }}, '{')
{%- endmacro %}

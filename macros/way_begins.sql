{#- How the line of a map begins that leads from a value one way. -#}
{% macro way_begins(value, way) -%}
    '{{ way }} ' || {{ text_digest(value) }} || '='
{%- endmacro %}

{#- The path of a member of a JSON object that is flat, by a name that may hold dots. -#}
{% macro named_path(name) -%}
    '$."' || {{ name }} || '"'
{%- endmacro %}

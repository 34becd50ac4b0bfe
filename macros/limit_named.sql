{#- A limit of the seed by its name, of all rows of it. -#}
{% macro limit_named(name) -%}
    max(case when limit_name = '{{ name }}' then limit_value end)
{%- endmacro %}

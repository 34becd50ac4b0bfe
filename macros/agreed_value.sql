{#- Of a group's rows, one per property: what the system should hold for one of them, by
    the system's own name for it. Null: empty, or not mapped in this flow. -#}
{% macro agreed_value(name) -%}
    max(case when name = '{{ name }}' then target_value end)
{%- endmacro %}

{#- The value of the row that comes first of a group. -#}
{% macro oldest(expression, order_by) -%}
    arg_min({{ expression }}, {{ order_by }})
{%- endmacro %}

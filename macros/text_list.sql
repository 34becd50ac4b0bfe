{#- All texts of a group in one, in the order of another column. -#}
{% macro text_list(expression, separator, order_by) -%}
    string_agg({{ expression }}, {{ separator }} order by {{ order_by }})
{%- endmacro %}

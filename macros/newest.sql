{#- The value of the row with the newest stamp of a group. -#}
{% macro newest(expression, stamp) -%}
    arg_max({{ expression }}, {{ stamp }})
{%- endmacro %}

{#- A time in UTC as the clock in Norway shows it. -#}
{% macro oslo_clock(expression) -%}
    timezone('Europe/Oslo', timezone('UTC', {{ expression }}))
{%- endmacro %}

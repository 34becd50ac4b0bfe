{#- A local time of Norway without an offset, as UTC; null when it can't be read, or
    meant. -#}
{% macro oslo_stamp(expression) -%}
    timezone('UTC', timezone('Europe/Oslo', {{ meant_stamp(expression, 'timestamp') }}))
{%- endmacro %}

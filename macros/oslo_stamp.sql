{#- A local time of Norway without an offset, as UTC; null when it can't be read. -#}
{% macro oslo_stamp(expression) -%}
    timezone('UTC', timezone('Europe/Oslo', try_cast({{ expression }} as timestamp)))
{%- endmacro %}

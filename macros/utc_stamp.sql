{#- A change stamp with Z or an offset, as UTC; null when it can't be read, or meant. -#}
{% macro utc_stamp(expression) -%}
    timezone('UTC', {{ meant_stamp(expression, 'timestamp with time zone') }})
{%- endmacro %}

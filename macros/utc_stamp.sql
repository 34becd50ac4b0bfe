{#- A change stamp with Z or an offset, as UTC; null when it can't be read. -#}
{% macro utc_stamp(expression) -%}
    timezone('UTC', try_cast({{ expression }} as timestamp with time zone))
{%- endmacro %}

{#- Text as local time: an offset is dropped, not converted; null when it is none. -#}
{% macro as_local_time(expression) -%}
    try_cast({{ canonical_local_time(expression) }} as timestamp)
{%- endmacro %}

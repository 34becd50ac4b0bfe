{#- Text as a date, without its time of day; null when it is none. -#}
{% macro as_date(expression) -%}
    try_cast({{ canonical_date(expression) }} as date)
{%- endmacro %}

{#- Text as a number; null when it is none. -#}
{% macro as_number(expression) -%}
    try_cast({{ expression }} as decimal(38, 10))
{%- endmacro %}

{#- Text as true or false; null when it is neither. -#}
{% macro as_boolean(expression) -%}
    try_cast({{ expression }} as boolean)
{%- endmacro %}

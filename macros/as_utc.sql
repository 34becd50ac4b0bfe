{#- A timestamp with time zone as UTC without one, whatever the session's time zone is. -#}
{% macro as_utc(expression) -%}
    timezone('UTC', {{ expression }})
{%- endmacro %}

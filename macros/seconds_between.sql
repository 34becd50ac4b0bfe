{#- Seconds from an earlier stamp to a later one, with their fractions. -#}
{% macro seconds_between(earlier, later) -%}
    ((epoch_us({{ later }}) - epoch_us({{ earlier }})) / 1000000.0)
{%- endmacro %}

{#- Seconds from an earlier stamp to a later one. -#}
{% macro seconds_between(earlier, later) -%}
    date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}

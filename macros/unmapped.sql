{#- What stands for a code that no row of the map has: a sign that no system's value is, so
    that nothing equals it and it is never taken for empty. It is never sent. -#}
{% macro unmapped() -%}
    chr(26)
{%- endmacro %}

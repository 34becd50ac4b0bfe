{#- Inside brackets of a regular expression: the signs that people see as a hyphen. -#}
{% macro dash_signs() -%}
    \x{2010}-\x{2015}\x{2212}
{%- endmacro %}

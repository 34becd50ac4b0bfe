{#- Inside brackets of a regular expression: what counts for nothing around a value. -#}
{% macro unseen_signs() -%}
    {{ blank_signs() }}{{ invisible_signs() }}
{%- endmacro %}

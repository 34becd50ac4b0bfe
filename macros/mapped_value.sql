{#- What a map has for a value, the way `to` the target or `back`; null: no row, or no
    value, or no map. Lines begin with a digest, so no value can be taken for another. -#}
{% macro mapped_value(value, rule, way) -%}
    nullif(split_part(split_part({{ rule }}, {{ way_begins(value, way) }}, 2), chr(10), 1), '')
{%- endmacro %}

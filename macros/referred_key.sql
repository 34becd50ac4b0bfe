{#- The record key in a reference that a created record bears: what stands before the
    proof. A reference of an earlier version is the key alone. -#}
{% macro referred_key(expression) -%}
    regexp_replace({{ trimmed(expression) }}, '~[0-9a-f]{20}$', '')
{%- endmacro %}

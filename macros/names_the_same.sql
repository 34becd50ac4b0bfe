{#- Whether two native values of a reference name the same record, however they spell it:
    12 and "12", null and "". -#}
{% macro names_the_same(native, other_native) -%}
    {{ trimmed(json_text(native, "'$'")) }}
    is not distinct from {{ trimmed(json_text(other_native, "'$'")) }}
{%- endmacro %}

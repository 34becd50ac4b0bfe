{#- Whether two native values of a reference name the same record, or both none, however
    they spell it: 12 and "12", null and "". -#}
{% macro names_the_same(native, other_native, reads_empty='null') -%}
    {{ reference_id(native, reads_empty) }}
    is not distinct from {{ reference_id(other_native, reads_empty) }}
{%- endmacro %}

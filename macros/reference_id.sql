{#- The id that a native reference names, however it is spelt: 12 and "12", a GUID in
    either case. Null: none, also where the system has a value for none (`reads_empty`). -#}
{% macro reference_id(native, reads_empty='null') -%}
    nullif({{ same_id(as_people_see(json_text(native, "'$'"))) }}, {{ reads_empty }})
{%- endmacro %}

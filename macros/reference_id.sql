{#- The id that a native reference names, however it is spelt: 12 and "12", a GUID in
    either case. Null: none, also where the system has a value for none (`reads_empty`). -#}
{% macro reference_id(native, reads_empty='null') -%}
    {{ with_name(
        'typed',
        as_people_see(json_text(native, "'$'")),
        "nullif(" ~ same_id('typed') ~ ", " ~ reads_empty ~ ")"
    ) }}
{%- endmacro %}

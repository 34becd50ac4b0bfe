{#- What looks like a record key in a sentence, as a list; whether each is one, the
    records say. -#}
{% macro record_keys_in(text) -%}
    list_distinct(
        regexp_extract_all({{ text }}, '\b[a-z]+:[a-z]+:[^\s,;''"`]*[^\s,;''"`.:)]')
    )
{%- endmacro %}

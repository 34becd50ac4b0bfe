{#- The text of a member; null when the member is absent or null. -#}
{% macro json_text(document, path) -%}
    json_extract_string({{ document }}, {{ path }})
{%- endmacro %}

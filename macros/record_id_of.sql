{#- The id in a record_key: what follows the second colon (an id may hold colons). -#}
{% macro record_id_of(record_key) -%}
    regexp_extract({{ record_key }}, '^[^:]*:[^:]*:(.*)$', 1, 's')
{%- endmacro %}

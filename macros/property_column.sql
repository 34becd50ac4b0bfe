{#- A property as a column of its staging model: the text of what json_value_told gives,
    or that in the type of its kind. `lenke columns` writes the calls from the seeds. -#}
{% macro property_column(record, json_path, kind) -%}
    {%- set text = json_text_told(record, json_path) -%}
    {%- if kind == 'local_time' -%} {{ as_local_time(text) }}
    {%- elif kind == 'date' -%} {{ as_date(text) }}
    {%- elif kind == 'number' -%} {{ as_number(text) }}
    {%- elif kind == 'boolean' -%} {{ as_boolean(text) }}
    {%- else -%} {{ text }}
    {%- endif -%}
{%- endmacro %}

{#- One JSON object of a group's names and JSON values, in the order of the names. -#}
{% macro json_members(name, value) -%}
    ('{' || {{ sorted_text_list(
        "cast(to_json(" ~ name ~ ") as varchar) || ': ' || " ~ value, "', '"
    ) }} || '}')
{%- endmacro %}

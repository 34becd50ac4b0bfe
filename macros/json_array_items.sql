{#- The items of a JSON array as a list of JSON; empty when it is no array. -#}
{% macro json_array_items(document, path) -%}
    coalesce(
        try_cast(json_extract({{ document }}, {{ path }}) as json[]), cast([] as json[])
    )
{%- endmacro %}

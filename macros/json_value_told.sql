{#- What a record tells of a property, as JSON text: all models read properties so, and
    the columns of staging show just this (property_column). Null when the member is
    absent, 'null' when it is null or when what holds it is (an address that is null has
    no city, which is not the same as an answer that says nothing about the city). -#}
{% macro json_value_told(document, path) -%}
    coalesce(
        {{ json_value(document, path) }},
        case
            when
                json_type(
                    {{ document }}, regexp_replace({{ path }}, '[.][^.]*$', '')
                ) = 'NULL'
                or json_type(
                    {{ document }}, regexp_replace({{ path }}, '[.][^.]*[.][^.]*$', '')
                ) = 'NULL'
                then 'null'
        end
    )
{%- endmacro %}

{#- The same as plain text, by a path that is known: null where it is null, so who else
    is null need not be looked at. -#}
{% macro json_text_told(document, path) -%}
    {{ json_text(document, "'" ~ path ~ "'") }}
{%- endmacro %}

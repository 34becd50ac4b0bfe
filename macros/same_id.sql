{#- An id by which one record is known: a GUID is the same in either case and in braces. -#}
{% macro same_id(expression) -%}
    case
        when
            regexp_matches(
                {{ expression }},
                '^[{]?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}[}]?$'
            )
            then lower(regexp_replace({{ expression }}, '[{}]', '', 'g'))
        else {{ expression }}
    end
{%- endmacro %}

{#- A decimal number without idle zeros: 25.00 and 25 are the same. -#}
{% macro canonical_number(expression) -%}
    coalesce(
        regexp_replace(
            regexp_replace(
                cast({{ as_number(as_people_see(expression)) }} as varchar), '0+$', ''
            ),
            '[.]$',
            ''
        ),
        {{ as_people_see(expression) }}
    )
{%- endmacro %}

{#- A decimal number without idle zeros: 25.00 and 25 are the same. -#}
{% macro canonical_number(expression) -%}
    coalesce(
        regexp_replace(
            regexp_replace(
                cast(try_cast({{ expression }} as decimal(38, 10)) as varchar), '0+$', ''
            ),
            '[.]$',
            ''
        ),
        {{ trimmed(expression) }}
    )
{%- endmacro %}

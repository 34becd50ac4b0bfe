{#- Whether a canonical value is a mask that a system shows instead of what it holds:
    `hidden` (also in brackets), nothing but asterisks, bullets or the letter x, and where
    no such sign belongs (an address, a phone, a number) two of them in a row. -#}
{% macro is_mask(canonical_value, kind) -%}
    coalesce(
        regexp_matches(
            lower({{ canonical_value }}),
            '^([\[(<]?hidden[\])>]?|[*•●]{3,}|x{4,})$'
        )
        or case
            when {{ kind }} = 'email' then regexp_matches({{ canonical_value }}, '[*•●]{2}')
            when {{ kind }} in ('phone', 'organization_number', 'national_id')
                then regexp_matches(lower({{ canonical_value }}), '[*•●x]{2}')
        end,
        false
    )
{%- endmacro %}

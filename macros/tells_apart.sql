{#- Whether a canonical value tells records apart by itself: one that identifies, and is
    a possible value of its kind. This list of kinds is the only one. -#}
{% macro tells_apart(canonical_value, kind) -%}
    (
        {{ kind }} in (
            'email', 'phone', 'organization_number', 'national_id', 'identifier'
        )
        and {{ is_possible(canonical_value, kind) }}
    )
{%- endmacro %}

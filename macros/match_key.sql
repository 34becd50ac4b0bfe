{#- What a canonical value is matched by: what its spellings have in common. What is no
    possible value of its kind (a mask, a filler, wrong check digits) is matched by
    nothing. -#}
{% macro match_key(canonical_value, kind) -%}
    case
        when {{ is_possible(canonical_value, kind) }}
            then {{ common_spelling(canonical_value, kind) }}
    end
{%- endmacro %}

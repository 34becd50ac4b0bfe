{#- What a canonical value is matched by: e-mail without regard to case. What is no
    possible value of its kind (a mask, a filler, wrong check digits) is matched by
    nothing. -#}
{% macro match_key(canonical_value, kind) -%}
    case
        when not {{ is_possible(canonical_value, kind) }} then null
        when {{ kind }} = 'email' then lower({{ canonical_value }})
        else {{ canonical_value }}
    end
{%- endmacro %}

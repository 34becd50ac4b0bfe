{#- What a canonical value is matched by: e-mail without regard to case; a mask is no value. -#}
{% macro match_key(canonical_value, kind) -%}
    case
        when {{ is_mask(canonical_value, kind) }} then null
        when {{ kind }} = 'email' then lower({{ canonical_value }})
        else {{ canonical_value }}
    end
{%- endmacro %}

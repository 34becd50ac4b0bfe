{#- What a canonical value is matched by: an e-mail address without regard to case, to how
    accents are put together, and to how its domain is spelt (in national letters or as
    xn--); a mask is no value. -#}
{% macro match_key(canonical_value, kind) -%}
    case
        when lower({{ canonical_value }}) = 'hidden' then null
        when {{ kind }} = 'email' then {{ email_key(canonical_value) }}
        else nfc_normalize({{ canonical_value }})
    end
{%- endmacro %}

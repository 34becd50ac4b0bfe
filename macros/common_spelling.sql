{#- What all spellings of one canonical value have in common: an e-mail address without
    regard to case, to how accents are put together, and to how its domain is spelt (in
    national letters or as xn--); any other, however its accents are put together. -#}
{% macro common_spelling(canonical_value, kind) -%}
    case
        when {{ kind }} = 'email' then {{ email_key(canonical_value) }}
        else nfc_normalize({{ canonical_value }})
    end
{%- endmacro %}

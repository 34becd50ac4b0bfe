{#- What a canonical value is matched by: an e-mail address without regard to case, to how
    accents are put together, and to how its domain is spelt (in national letters or as
    xn--). What is no possible value of its kind (a mask, a filler, wrong check digits) is
    matched by nothing. -#}
{% macro match_key(canonical_value, kind) -%}
    case
        when not {{ is_possible(canonical_value, kind) }} then null
        when {{ kind }} = 'email' then {{ email_key(canonical_value) }}
        else nfc_normalize({{ canonical_value }})
    end
{%- endmacro %}

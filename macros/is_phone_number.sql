{#- Whether a canonical phone number can be somebody's: E.164, and neither one digit
    over and over nor 12345678 behind its country. -#}
{% macro is_phone_number(expression) -%}
    (
        regexp_matches({{ expression }}, '^[+][1-9][0-9]{6,14}$')
        and replace(right({{ expression }}, 7), right({{ expression }}, 1), '') <> ''
        and not ends_with({{ expression }}, '12345678')
    )
{%- endmacro %}

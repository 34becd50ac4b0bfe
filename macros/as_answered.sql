{#- A value without what systems change in storing it and nobody sees: blanks, invisible
    signs, how accents are put together; in a phone number dots and dashes as well. Two
    that are the same here are no reason to ask a person. -#}
{% macro as_answered(expression, kind) -%}
    case
        when {{ kind }} = 'phone'
            then {{ without_separators(canonical_phone(expression)) }}
        else
            nullif(
                regexp_replace(
                    regexp_replace(
                        nfc_normalize({{ expression }}),
                        '[{{ unseen_signs() }}]',
                        '',
                        'g'
                    ),
                    '[{{ dash_signs() }}]',
                    '-',
                    'g'
                ),
                ''
            )
    end
{%- endmacro %}

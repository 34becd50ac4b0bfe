{#- The spelling that Lenke gave a native value up to version 0.1. An agreed value of that
    time is what its members hold, though it would be spelt otherwise today: a changed
    rule is no edit, and rewrites nothing. -#}
{% macro formerly_canonical(native, kind) -%}
    case
        when {{ kind }} = 'phone'
            then {{ _formerly_a_phone(json_text(native, "'$'")) }}
        when {{ kind }} = 'organization_number'
            then
                nullif(
                    regexp_replace({{ json_text(native, "'$'") }}, '[\s\x{a0}]', '', 'g'),
                    ''
                )
        when {{ kind }} in ('text', 'email')
            then
                nullif(
                    regexp_replace(
                        {{ json_text(native, "'$'") }},
                        '^[\s\x{a0}]+|[\s\x{a0}]+$',
                        '',
                        'g'
                    ),
                    ''
                )
    end
{%- endmacro %}

{% macro _formerly_a_phone(expression) -%}
    case
        when
            regexp_matches(
                regexp_replace({{ expression }}, '[\s\x{a0}.\-()/]', '', 'g'),
                '^(\+|00)[1-9][0-9]{6,14}$'
            )
            then
                '+' || regexp_replace(
                    regexp_replace({{ expression }}, '[^0-9]', '', 'g'), '^00', ''
                )
        when
            regexp_matches(
                regexp_replace({{ expression }}, '[\s\x{a0}.\-()/]', '', 'g'),
                '^[2-9][0-9]{7}$'
            )
            then '+47' || regexp_replace({{ expression }}, '[^0-9]', '', 'g')
        when
            regexp_matches(
                regexp_replace({{ expression }}, '[\s\x{a0}.\-()/]', '', 'g'),
                '^47[2-9][0-9]{7}$'
            )
            then '+' || regexp_replace({{ expression }}, '[^0-9]', '', 'g')
        else
            nullif(
                regexp_replace(
                    regexp_replace({{ expression }}, '[\s\x{a0}.\-]', '', 'g'),
                    '^00',
                    '+'
                ),
                ''
            )
    end
{%- endmacro %}

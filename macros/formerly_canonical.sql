{#- The spelling that Lenke gave a native value up to version 0.1. An agreed value of that
    time is what its members hold, though it would be spelt otherwise today: a changed
    rule is no edit, and rewrites nothing. -#}
{% macro formerly_canonical(native, kind) -%}
    {{ with_name(
        'told', json_text(native, "'$'"), _formerly_by_its_kind('told', kind)
    ) }}
{%- endmacro %}

{% macro _formerly_by_its_kind(told, kind) -%}
    case
        when {{ kind }} = 'phone'
            then
                {{ with_name(
                    'joined',
                    "regexp_replace(" ~ told ~ ", '[\\s\\x{a0}.\\-()/]', '', 'g')",
                    _formerly_a_phone('joined', told)
                ) }}
        when {{ kind }} = 'organization_number'
            then nullif(regexp_replace({{ told }}, '[\s\x{a0}]', '', 'g'), '')
        when {{ kind }} in ('text', 'email')
            then
                nullif(
                    regexp_replace({{ told }}, '^[\s\x{a0}]+|[\s\x{a0}]+$', '', 'g'),
                    ''
                )
    end
{%- endmacro %}

{#- `joined` is what was told, without all that may stand between digits. -#}
{% macro _formerly_a_phone(joined, told) -%}
    case
        when regexp_matches({{ joined }}, '^(\+|00)[1-9][0-9]{6,14}$')
            then '+' || regexp_replace({{ joined }}, '^(\+|00)', '')
        when regexp_matches({{ joined }}, '^[2-9][0-9]{7}$') then '+47' || {{ joined }}
        when regexp_matches({{ joined }}, '^47[2-9][0-9]{7}$') then '+' || {{ joined }}
        else
            nullif(
                regexp_replace(
                    regexp_replace({{ told }}, '[\s\x{a0}.\-]', '', 'g'), '^00', '+'
                ),
                ''
            )
    end
{%- endmacro %}

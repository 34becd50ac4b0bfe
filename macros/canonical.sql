{#- A native value (JSON text) in our spelling, by its kind: what values are compared by.
    Empty text, JSON null and an empty list are null. References are translated through
    links instead, in merge_references. (What is typed is worked out once, and named:
    every use of it would be read by the engine anew.) -#}
{% macro canonical(native, kind) -%}
    {{ with_name(
        'typed',
        _as_typed(json_text(native, "'$'"), kind),
        _by_its_kind('typed', native, kind)
    ) }}
{%- endmacro %}

{#- Text, dates and times keep every sign inside of them. -#}
{% macro _as_typed(expression, kind) -%}
    {{ trimmed(
        "case when " ~ kind ~ " in ('phone', 'organization_number', 'email',"
        ~ " 'identifier', 'reference', 'number', 'boolean')"
        ~ " then " ~ with_plain_signs(expression) ~ " else " ~ expression ~ " end"
    ) }}
{%- endmacro %}

{% macro _by_its_kind(typed, native, kind) -%}
    case {{ kind }}
        when 'phone' then {{ typed_phone(typed) }}
        when 'organization_number' then {{ typed_organization_number(typed) }}
        when 'email' then {{ typed }}
        when 'identifier' then {{ typed }}
        when 'reference' then {{ same_id(typed) }}
        when 'number' then {{ typed_number(typed) }}
        when 'boolean' then lower({{ typed }})
        when 'local_time' then {{ typed_local_time(typed) }}
        when 'date' then {{ typed_date(typed) }}
        when 'lines' then nullif(nullif({{ native }}, 'null'), '[]')
        when 'national_id'
            then
                case
                    when {{ json_text(native, "'$'") }} like 'hmac:%'
                        then {{ json_text(native, "'$'") }}
                end
        else {{ typed }}
    end
{%- endmacro %}

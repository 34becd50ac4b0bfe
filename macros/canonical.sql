{#- A native value (JSON text) in our spelling, by its kind: what values are compared by.
    Empty text, JSON null and an empty list are null. References are translated through
    links instead, in merge_references. -#}
{% macro canonical(native, kind) -%}
    case {{ kind }}
        when 'phone' then {{ canonical_phone(json_text(native, "'$'")) }}
        when 'organization_number'
            then
                nullif(
                    regexp_replace({{ json_text(native, "'$'") }}, '[\s\x{a0}]', '', 'g'),
                    ''
                )
        when 'number' then {{ canonical_number(json_text(native, "'$'")) }}
        when 'boolean' then lower({{ trimmed(json_text(native, "'$'")) }})
        when 'local_time' then {{ canonical_local_time(json_text(native, "'$'")) }}
        when 'date' then {{ canonical_date(json_text(native, "'$'")) }}
        when 'lines' then nullif(nullif({{ native }}, 'null'), '[]')
        when 'national_id'
            then
                case
                    when {{ json_text(native, "'$'") }} like 'hmac:%'
                        then {{ json_text(native, "'$'") }}
                end
        else {{ trimmed(json_text(native, "'$'")) }}
    end
{%- endmacro %}

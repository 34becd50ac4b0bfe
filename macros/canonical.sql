{#- A native value (JSON text) in our spelling, by its kind: what values are compared by.
    Empty text, JSON null and an empty list are null. References are translated through
    links instead, in merge_references. -#}
{% macro canonical(native, kind) -%}
    case {{ kind }}
        when 'phone' then {{ canonical_phone(json_text(native, "'$'")) }}
        when 'organization_number'
            then {{ canonical_organization_number(json_text(native, "'$'")) }}
        when 'email' then {{ as_people_see(json_text(native, "'$'")) }}
        when 'identifier' then {{ as_people_see(json_text(native, "'$'")) }}
        when 'reference' then {{ reference_id(native) }}
        when 'number' then {{ canonical_number(json_text(native, "'$'")) }}
        when 'boolean' then lower({{ as_people_see(json_text(native, "'$'")) }})
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

{#- Whether a canonical value is a possible value of its kind: an identifier must
    identify. A national id was judged before it was hashed (connections), a number or
    an id is more than nought, and a text has a letter or a digit, as has an address
    before its @. -#}
{% macro is_possible(canonical_value, kind) -%}
    coalesce(
        case {{ kind }}
            when 'email' then {{ is_email_address(canonical_value) }}
            when 'phone' then {{ is_phone_number(canonical_value) }}
            when 'organization_number'
                then {{ is_organization_number(canonical_value) }}
            when 'national_id'
                then {{ is_possible_national_id(canonical_value) }}
            when 'text' then true
            when 'boolean' then true
            when 'date' then true
            when 'local_time' then true
            when 'lines' then true
            else
                not regexp_matches(
                    {{ canonical_value }}, '^([-].*|[+]?0*([.,]0*)?)$'
                )
        end
        and case
            when {{ kind }} in ('boolean', 'date', 'local_time', 'lines') then true
            else
                regexp_full_match(
                    case
                        when {{ kind }} = 'email'
                            then split_part({{ canonical_value }}, '@', 1)
                        else {{ canonical_value }}
                    end,
                    '(?s).*[\p{L}\p{N}].*'
                )
        end
        and not {{ is_mask(canonical_value, kind) }},
        false
    )
{%- endmacro %}

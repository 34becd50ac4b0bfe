{#- Whether a system takes a value: by its JSON type (a word where a number belongs can't
    even be written), and by the rule that its contract sets, if it sets one.
    The patterns stand here, not in the seed: a pattern from a column is compiled anew for
    every row, which took ten times as long as everything else. -#}
{% macro accepted(stored_value, rule, wire_type) -%}
    (coalesce(
        case {{ rule }}
            when 'email_address'
                then
                    regexp_matches({{ stored_value }}, '^[^@\s]+@[^@\s]+[.][^@\s]+$')
            when 'e164'
                then regexp_matches({{ stored_value }}, '^[+][1-9][0-9]{6,14}$')
            when 'up_to_20_characters' then length({{ stored_value }}) <= 20
        end,
        true
    )
    and coalesce(
        case {{ wire_type }}
            when 'number'
                then {{ stored_value }} is null or {{ as_number(stored_value) }} is not null
            when 'boolean' then {{ stored_value }} in ('true', 'false')
        end,
        true
    ))
{%- endmacro %}

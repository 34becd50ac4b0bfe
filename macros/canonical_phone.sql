{#- E.164, with Norway (+47) where eight digits name no country. What is no phone number
    keeps its text, without the blanks, dots and dashes that CRM-Office drops. -#}
{% macro canonical_phone(expression) -%}
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

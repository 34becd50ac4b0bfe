{#- A phone number as CRM-Office keeps it: without blanks, dots and dashes, and with +
    for a leading 00. -#}
{% macro without_separators(expression) -%}
    regexp_replace(
        regexp_replace(
            {{ expression }}, '[{{ blank_signs() }}.{{ dash_signs() }}-]', '', 'g'
        ),
        '^00',
        '+'
    )
{%- endmacro %}

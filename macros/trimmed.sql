{#- Text without outer blanks of any kind; empty text is null. -#}
{% macro trimmed(expression) -%}
    nullif(
        regexp_replace({{ expression }}, '^[\s\x{a0}]+|[\s\x{a0}]+$', '', 'g'), ''
    )
{%- endmacro %}

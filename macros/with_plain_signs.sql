{#- Text without invisible signs, with plain hyphens. -#}
{% macro with_plain_signs(expression) -%}
    regexp_replace(
        regexp_replace({{ expression }}, '[{{ invisible_signs() }}]', '', 'g'),
        '[{{ dash_signs() }}]',
        '-',
        'g'
    )
{%- endmacro %}

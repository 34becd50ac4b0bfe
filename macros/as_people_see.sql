{#- Text that names something (a phone, an e-mail address, a number, an id) as people see
    it: without invisible signs, with plain hyphens, without outer blanks; empty is null. -#}
{% macro as_people_see(expression) -%}
    {{ trimmed(_with_plain_signs(expression)) }}
{%- endmacro %}

{% macro _with_plain_signs(expression) -%}
    regexp_replace(
        regexp_replace({{ expression }}, '[{{ invisible_signs() }}]', '', 'g'),
        '[{{ dash_signs() }}]',
        '-',
        'g'
    )
{%- endmacro %}

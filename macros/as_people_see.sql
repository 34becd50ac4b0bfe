{#- Text that names something (a phone, an e-mail address, a number, an id) as people see
    it: without invisible signs, with plain hyphens, without outer blanks; empty is null. -#}
{% macro as_people_see(expression) -%}
    {{ trimmed(with_plain_signs(expression)) }}
{%- endmacro %}

{#- A number as JSON text, without idle zeros; 'null' when it is null. -#}
{% macro json_number(expression) -%}
    coalesce(
        rtrim(
            rtrim(cast(cast({{ expression }} as decimal(38, 10)) as varchar), '0'), '.'
        ),
        'null'
    )
{%- endmacro %}

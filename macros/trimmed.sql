{#- Text without outer blanks and invisible signs of any kind; empty text is null. Inside
    of a text every sign stays as it was typed. -#}
{% macro trimmed(expression) -%}
    nullif(
        regexp_replace(
            {{ expression }},
            '^[{{ unseen_signs() }}]+|[{{ unseen_signs() }}]+$',
            '',
            'g'
        ),
        ''
    )
{%- endmacro %}

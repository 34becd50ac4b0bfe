{#- A command of Lenke that people copy: in backticks, and each word quoted where a shell
    would take it for something else. -#}
{% macro command(verb, words) -%}
    '`lenke {{ verb }}'
    {%- for word in words %} || ' ' || {{ shell_word(word) }}{% endfor %} || '`'
{%- endmacro %}

{#- A word as a shell reads it. -#}
{% macro shell_word(word) -%}
    case
        when regexp_matches({{ word }}, '[^A-Za-z0-9_@%+=:,./~-]')
            then '''' || replace({{ word }}, '''', '''"''"''') || ''''
        else {{ word }}
    end
{%- endmacro %}

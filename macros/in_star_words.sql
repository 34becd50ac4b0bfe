{#- A member's value as the star would have it, where its map has a way back; else as the
    member has it. -#}
{% macro in_star_words(value, rule) -%}
    case
        when {{ is_mapped(rule) }}
            then coalesce({{ mapped_value(value, rule, 'back') }}, {{ value }})
        else {{ value }}
    end
{%- endmacro %}

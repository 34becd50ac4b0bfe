{#- Whether what a system holds spells a value that we delivered to it: in our former
    spelling, or but for signs that nobody sees. (What a person types is told apart by
    every sign; this excuses an answer to a write of ours, and a rule that has changed.) -#}
{% macro spells(native, current_value, value_as_stored, delivered, kind) -%}
    (
        {{ kind }} not in ('reference', 'lines')
        and {{ current_value }} is not null
        and coalesce(
            {{ formerly_canonical(native, kind) }} = {{ delivered }}
            or {{ with_name(
                'answered',
                "list_transform([" ~ current_value ~ ", " ~ value_as_stored
                ~ "], lambda held: " ~ as_answered('held', kind) ~ ")",
                'answered[1] = answered[2]'
            ) }},
            false
        )
    )
{%- endmacro %}

{#- Whether two canonical values are one value in two spellings. Who meets for the first
    time is in step by it, and records are matched by it. (A person's edit is told apart
    by every sign.) -#}
{% macro spelt_alike(canonical_value, other_value, kind) -%}
    coalesce(
        {{ kind }} <> 'reference'
        and {{ common_spelling(canonical_value, kind) }}
        = {{ common_spelling(other_value, kind) }},
        false
    )
{%- endmacro %}

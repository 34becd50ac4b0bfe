{#- Native values of one kind in our spelling, as a list: what a model would else write
    out for each of them stands in its SQL once. -#}
{% macro canonical_each(natives, kind) -%}
    list_transform([{{ natives | join(', ') }}], lambda held: {{ canonical('held', kind) }})
{%- endmacro %}

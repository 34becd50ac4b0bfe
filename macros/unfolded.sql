{#- In a select list: one row per item of a list, so none for an empty one. (A cross join
    with the list would be joined back by the whole record, which is slow.) -#}
{% macro unfolded(list) -%}
    unnest({{ list }})
{%- endmacro %}

{#- All texts of a group in one, in their own order. (Ordering by another column, as
    text_list does, costs several times as much where there are many groups.) -#}
{% macro sorted_text_list(expression, separator, distinct=false) -%}
    array_to_string(
        list_sort(list({{ 'distinct ' if distinct }}{{ expression }})), {{ separator }}
    )
{%- endmacro %}

{#- Gives each value that no row has. -#}
{% test has_rows_for(model, column_name, values) %}

    select needed.needed_value
    from (
        select {{ unfolded("string_split('" ~ values | join(" ") ~ "', ' ')") }}
            as needed_value
    ) as needed
    left join {{ model }} as found on needed.needed_value = found.{{ column_name }}
    where found.{{ column_name }} is null

{% endtest %}

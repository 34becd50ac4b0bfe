{#- Gives each value that no row has. -#}
{% test has_rows_for(model, column_name, values) %}

    select needed.needed_value
    from (
        {%- for value in values %}
        select '{{ value }}' as needed_value
        {{ "union all" if not loop.last }}
        {%- endfor %}
    ) as needed
    left join {{ model }} as found on needed.needed_value = found.{{ column_name }}
    where found.{{ column_name }} is null

{% endtest %}

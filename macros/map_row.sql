{#- What to do about a row of the seed value_maps that is missing, with the row; what a
    person has to fill in stands in capital letters. -#}
{% macro map_row(flow, property, source_value, target_value) -%}
    'add to value_maps.csv: ' || {{ flow }} || ',' || {{ property }}
    || ',' || coalesce({{ in_csv(source_value) }}, 'SOURCE_VALUE')
    || ',' || coalesce({{ in_csv(target_value) }}, 'TARGET_VALUE') || ',,WHY'
{%- endmacro %}

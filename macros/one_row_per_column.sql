{#- A wide table as a long one: one row per row of it and column that is no key. -#}
{% macro one_row_per_column(relation, keys, name, value) -%}
    select * from {{ relation }}
    unpivot include nulls (
        {{ value }} for {{ name }} in (columns(* exclude ({{ keys | join(', ') }})))
    )
{%- endmacro %}

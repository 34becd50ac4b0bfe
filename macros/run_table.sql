{#- A table that the loaders keep about their own work; typed and empty before the first
    load. `columns` maps names to types. -#}
{% macro run_table(name, columns) -%}
    {%- set relation = source('raw', name) -%}
    {%- set loaded = is_loaded(relation) -%}
    {%- if loaded -%}
        (select {{ columns.keys() | join(', ') }} from {{ relation }})
    {%- else -%}
        (
            select
            {%- for column, type in columns.items() %}
                cast(null as {{ type }}) as {{ column }}{{ "," if not loop.last }}
            {%- endfor %}
            where false
        )
    {%- endif -%}
{%- endmacro %}

{#- A value that a run tells the models: dbt's variable of that name. Where they are
    compiled once for all runs (the variable `compiled_for_runs`), each run sets it on
    its connection instead. Null when nobody tells it. -#}
{% macro run_value(name, type) -%}
    {%- if var('compiled_for_runs', false) -%}
        cast(getvariable('{{ name }}') as {{ type }})
    {%- elif var(name, none) is none or var(name) == '' -%}
        cast(null as {{ type }})
    {%- else -%}
        cast('{{ var(name) }}' as {{ type }})
    {%- endif -%}
{%- endmacro %}

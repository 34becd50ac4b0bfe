{#- In a CTE that is read more than once, or whose columns are long expressions: let the
    engine compute it once. DuckDB would else write the expressions anew wherever a
    column is used, and reading its own plan takes ten times as long as the work. -#}
{% macro once() -%}
    materialized
{%- endmacro %}

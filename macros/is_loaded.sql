{#- Whether a raw table is there; in a unit test it is a CTE of given rows, which is there
    without being a table. dbt's cache is not believed when it says no: while one thread
    lists a schema, the others see the part of it that is listed so far, and a table that
    reads as missing looks like a system that has lost its records. -#}
{% macro is_loaded(relation) -%}
    {%- if relation.is_cte -%} {{ return(true) }} {%- endif -%}
    {%- if not execute -%} {{ return(false) }} {%- endif -%}
    {%- if adapter.get_relation(
        relation.database, relation.schema, relation.identifier
    ) -%}
        {{ return(true) }}
    {%- endif -%}
    {%- set found = run_query(
        "select 1 from information_schema.tables"
        ~ " where table_catalog = '" ~ relation.database
        ~ "' and table_schema = '" ~ relation.schema
        ~ "' and table_name = '" ~ relation.identifier ~ "'"
    ) -%}
    {{ return(found.rows | length > 0) }}
{%- endmacro %}

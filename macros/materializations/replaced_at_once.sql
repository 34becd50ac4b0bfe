{#- A table that is replaced in one statement, with its descriptions in one more. dbt's own
    `table` (make another, rename the old one, rename the new one, drop the old one, one
    statement for each description) takes three times as long. Views are dbt's own. A run
    does the same without dbt: lenke/build/build.py. -#}

{% materialization replaced_at_once, adapter='duckdb' -%}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none and not existing.is_table -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks) }}

    {% call statement('main') -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(sql) }}
        {%- endif -%}
        create or replace table {{ relation }} as (
            {{ sql }}
        );
        {{ descriptions(relation, model) }}
    {%- endcall %}

    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}

    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}

{% macro descriptions(relation, model) -%}
    {%- if config.persist_relation_docs() and model.description %}
        comment on table {{ relation }} is
            '{{ model.description | replace("'", "''") }}';
    {%- endif -%}
    {%- if config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description %}
            comment on column {{ relation }}.{{ adapter.quote(column.name) }} is
                '{{ column.description | replace("'", "''") }}';
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

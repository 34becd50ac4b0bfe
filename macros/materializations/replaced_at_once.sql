{#- Tables and views are replaced in one statement, with their descriptions in one more.
    dbt's own way (make another, rename the old one, rename the new one, drop the old one,
    one statement for each description) takes three times as long, and a sync that has
    nothing to do spends most of its time there. -#}

{% materialization table, adapter='duckdb' -%}
    {{ return(replaced_at_once('table')) }}
{%- endmaterialization %}

{% materialization view, adapter='duckdb' -%}
    {{ return(replaced_at_once('view')) }}
{%- endmaterialization %}

{% macro replaced_at_once(kind) -%}
    {%- set relation = this.incorporate(type=kind) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none and existing.type != kind -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks) }}

    {% call statement('main') -%}
        {%- if config.get('contract').enforced -%}
            {{ get_assert_columns_equivalent(sql) }}
        {%- endif -%}
        create or replace {{ kind }} {{ relation }} as (
            {{ sql }}
        );
        {{ descriptions(relation, model) }}
    {%- endcall %}

    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}

    {{ return({'relations': [relation]}) }}
{%- endmacro %}

{% macro descriptions(relation, model) -%}
    {%- if config.persist_relation_docs() and model.description %}
        comment on {{ relation.type }} {{ relation }} is
            '{{ model.description | replace("'", "''") }}';
    {%- endif -%}
    {%- if config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description %}
            comment on column {{ relation }}.{{ adapter.quote(column.name) }} is
                '{{ column.description | replace("'", "''") }}';
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

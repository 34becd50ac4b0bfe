{#- How many rows a relation has, and a fingerprint of them in whatever order, beside its
    name: one row. Several go together by `union all`. (As subqueries of one row the engine
    would look for the best order to join them in, which takes longer than all else.) -#}
{% macro rows_digest(part, relation) -%}
    select
        '{{ part }}' as part,
        count(*) || ' ' || coalesce(cast(bit_xor(hash(each_row)) as varchar), '')
            as digest
    from {{ relation }} as each_row
{%- endmacro %}

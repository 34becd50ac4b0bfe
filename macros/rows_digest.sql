{#- How many rows a relation has, and a fingerprint of them in whatever order. -#}
{% macro rows_digest(relation) -%}
    (
        select
            count(*) || ' ' || coalesce(cast(bit_xor(hash(each_row)) as varchar), '')
        from {{ relation }} as each_row
    )
{%- endmacro %}

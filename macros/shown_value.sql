{#- A value as messages show it; of a national id they show neither it nor its hash. -#}
{% macro shown_value(canonical_value, kind) -%}
    case
        when {{ kind }} = 'national_id' then 'one national id'
        else '`' || {{ canonical_value }} || '`'
    end
{%- endmacro %}

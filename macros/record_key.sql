{#- The name of a record everywhere: system:entity:id. -#}
{% macro record_key(system_name, entity, record_id) -%}
    ({{ system_name }} || ':' || {{ entity }} || ':' || {{ record_id }})
{%- endmacro %}

{#- An expression that is worked out once and used several times: `body` calls it by its
    name. -#}
{% macro with_name(name, expression, body) -%}
    list_transform([{{ expression }}], lambda {{ name }}: {{ body }})[1]
{%- endmacro %}

{#- A number that the settings outrank the seed with; null when they do not. -#}
{% macro setting(name) -%}
    cast({{ var(name, none) if var(name, none) is not none else 'null' }} as double)
{%- endmacro %}

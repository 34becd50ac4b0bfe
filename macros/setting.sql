{#- A number that the settings outrank the seed with; null when they do not. -#}
{% macro setting(name) -%}
    {{ run_value(name, 'double') }}
{%- endmacro %}

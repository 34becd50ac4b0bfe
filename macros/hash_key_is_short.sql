{#- Whether the key of the HMACs is shorter than a new one may be. -#}
{% macro hash_key_is_short() -%}
    coalesce({{ run_value('hash_key_is_short', 'boolean') }}, false)
{%- endmacro %}

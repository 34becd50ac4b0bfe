{#- Whether the key of the HMACs is shorter than a new one may be. -#}
{% macro hash_key_is_short() -%}
    {{ 'true' if var('hash_key_is_short', false) else 'false' }}
{%- endmacro %}

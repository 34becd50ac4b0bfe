{#- Whether the hash of an identity number says whose it is: one that can be nobody's says
    only that it was there (connections). -#}
{% macro is_possible_national_id(hashed) -%}
    ({{ hashed }} like 'hmac:%' and {{ hashed }} <> 'hmac:impossible')
{%- endmacro %}

{#- A short fingerprint of a text. -#}
{% macro text_digest(expression) -%}
    md5({{ expression }})
{%- endmacro %}

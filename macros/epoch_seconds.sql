{#- A stamp as seconds since 1970, so that seconds can be added to it. -#}
{% macro epoch_seconds(stamp) -%}
    (epoch_us({{ stamp }}) / 1000000.0)
{%- endmacro %}

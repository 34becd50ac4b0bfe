{#- What a map has for a value, the way `to` the target or `back`; null: no row, or no
    value. Names are digests, so that no value can break a path. -#}
{% macro mapped_value(value, rule, way) -%}
    {{ json_text(rule, "'$.\"" ~ way ~ " ' || " ~ text_digest(value) ~ " || '\"'") }}
{%- endmacro %}

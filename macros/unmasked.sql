{#- A canonical value that a system told; a mask is none. -#}
{% macro unmasked(canonical_value, kind) -%}
    case
        when not {{ is_mask(canonical_value, kind) }} then {{ canonical_value }}
    end
{%- endmacro %}

{#- A date as yyyy-mm-dd; a time of day behind it is dropped. -#}
{% macro canonical_date(expression) -%}
    case
        when regexp_matches({{ expression }}, '^[{{ unseen_signs() }}]*\d{4}-\d{2}-\d{2}')
            then regexp_extract({{ expression }}, '(\d{4}-\d{2}-\d{2})', 1)
        else {{ trimmed(expression) }}
    end
{%- endmacro %}

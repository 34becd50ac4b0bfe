{#- A date as yyyy-mm-dd; a time of day behind it is dropped. -#}
{% macro canonical_date(expression) -%}
    {{ with_name('typed', trimmed(expression), typed_date('typed')) }}
{%- endmacro %}

{#- The same, of trimmed text. -#}
{% macro typed_date(typed) -%}
    case
        when regexp_matches({{ typed }}, '^\d{4}-\d{2}-\d{2}') then left({{ typed }}, 10)
        else {{ typed }}
    end
{%- endmacro %}

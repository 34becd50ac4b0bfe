{#- Local time as yyyy-mm-ddThh:mm:ss. An offset is dropped, not converted: Prosjekt dates
    are read with one and written without, so converting would move them at every run. -#}
{% macro canonical_local_time(expression) -%}
    {{ with_name('typed', trimmed(expression), typed_local_time('typed')) }}
{%- endmacro %}

{#- The same, of trimmed text. -#}
{% macro typed_local_time(typed) -%}
    case
        when
            regexp_matches({{ typed }}, '^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}')
            then left({{ typed }}, 10) || 'T' || substr({{ typed }}, 12, 8)
        when
            regexp_matches({{ typed }}, '^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}')
            then left({{ typed }}, 10) || 'T' || substr({{ typed }}, 12, 5) || ':00'
        when
            regexp_matches({{ typed }}, '^\d{4}-\d{2}-\d{2}$')
            then {{ typed }} || 'T00:00:00'
        else {{ typed }}
    end
{%- endmacro %}

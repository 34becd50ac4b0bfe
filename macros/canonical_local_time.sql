{#- Local time as yyyy-mm-ddThh:mm:ss. An offset is dropped, not converted: Prosjekt dates
    are read with one and written without, so converting would move them at every run. -#}
{% macro canonical_local_time(expression) -%}
    case
        when
            regexp_matches(
                {{ expression }},
                '^[{{ unseen_signs() }}]*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}'
            )
            then
                regexp_extract({{ expression }}, '(\d{4}-\d{2}-\d{2})', 1)
                || 'T'
                || regexp_extract({{ expression }}, '[T ](\d{2}:\d{2}:\d{2})', 1)
        when
            regexp_matches(
                {{ expression }},
                '^[{{ unseen_signs() }}]*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}'
            )
            then
                regexp_extract({{ expression }}, '(\d{4}-\d{2}-\d{2})', 1)
                || 'T'
                || regexp_extract({{ expression }}, '[T ](\d{2}:\d{2})', 1)
                || ':00'
        when
            regexp_matches(
                {{ expression }},
                '^[{{ unseen_signs() }}]*\d{4}-\d{2}-\d{2}[{{ unseen_signs() }}]*$'
            )
            then
                regexp_extract({{ expression }}, '(\d{4}-\d{2}-\d{2})', 1)
                || 'T00:00:00'
        else {{ trimmed(expression) }}
    end
{%- endmacro %}

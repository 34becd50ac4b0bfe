{#- The instant that the models call now, in UTC: what the run tells, else the clock. -#}
{% macro now_utc() -%}
    coalesce({{ run_value('now', 'timestamp') }}, timezone('UTC', current_timestamp))
{%- endmacro %}

{#- The instant that the models call now, in UTC: the clock, or the variable `now`. -#}
{% macro now_utc() -%}
    {%- if var('now') -%}
        cast('{{ var("now") }}' as timestamp)
    {%- else -%}
        timezone('UTC', current_timestamp)
    {%- endif -%}
{%- endmacro %}

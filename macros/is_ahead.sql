{#- Whether a change stamp is later than a moment by more than the doubt about the clock
    that made it: nobody can have changed anything then. -#}
{% macro is_ahead(stamp, moment, uncertainty_s) -%}
    coalesce({{ seconds_between(moment, stamp) }} > {{ uncertainty_s }}, false)
{%- endmacro %}

{#- Whether a person let this run pass the guards (`--allow-mass-change`). -#}
{% macro allow_mass_change() -%}
    coalesce({{ run_value('allow_mass_change', 'boolean') }}, false)
{%- endmacro %}

{#- Whether a person let this run pass the guards (`--allow-mass-change`). -#}
{% macro allow_mass_change() -%}
    {{ 'true' if var('allow_mass_change', false) else 'false' }}
{%- endmacro %}

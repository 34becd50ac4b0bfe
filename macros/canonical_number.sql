{#- A decimal number without idle zeros: 25.00 and 25 are the same. -#}
{% macro canonical_number(expression) -%}
    {{ with_name('typed', as_people_see(expression), _number('typed')) }}
{%- endmacro %}

{% macro _number(typed) -%}
    coalesce(
        rtrim(rtrim(cast({{ as_number(typed) }} as varchar), '0'), '.'), {{ typed }}
    )
{%- endmacro %}

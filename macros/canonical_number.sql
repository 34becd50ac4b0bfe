{#- A decimal number without idle zeros: 25.00 and 25 are the same. -#}
{% macro canonical_number(expression) -%}
    {{ with_name('typed', as_people_see(expression), typed_number('typed')) }}
{%- endmacro %}

{#- The same, of what as_people_see gives. -#}
{% macro typed_number(typed) -%}
    coalesce(
        rtrim(rtrim(cast({{ as_number(typed) }} as varchar), '0'), '.'), {{ typed }}
    )
{%- endmacro %}

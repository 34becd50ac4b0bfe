{#- An organisation number: the nine digits, however they are grouped and whether or not
    NO and MVA (the register of VAT) stand around them. Any other number (of another
    country, or mistyped) stays as it was typed. -#}
{% macro canonical_organization_number(expression) -%}
    {{ with_name('typed', as_people_see(expression), typed_organization_number('typed')) }}
{%- endmacro %}

{#- The same, of what as_people_see gives. -#}
{% macro typed_organization_number(typed) -%}
    case
        when
            regexp_matches(
                {{ typed }},
                '(?i)^(?:org[.]?[{{ blank_signs() }}]*n(?:umme)?r[.:]*)?[{{ blank_signs() }}]*(?:no)?(?:[{{ blank_signs() }}.-]*[0-9]){9}[{{ blank_signs() }}.-]*(?:mva)?[.]?$'
            )
            then regexp_replace({{ typed }}, '[^0-9]', '', 'g')
        else {{ typed }}
    end
{%- endmacro %}

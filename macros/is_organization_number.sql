{#- Whether a canonical organisation number can be somebody's: nine digits, not all the
    same, the last of which checks the others (modulo 11). Numbers of other countries
    can't be judged, so they tell nobody apart. -#}
{% macro is_organization_number(expression) -%}
    case
        when
            regexp_matches({{ expression }}, '^[0-9]{9}$')
            and replace({{ expression }}, left({{ expression }}, 1), '') <> ''
            then
                (
                    3 * cast(substr({{ expression }}, 1, 1) as integer)
                    + 2 * cast(substr({{ expression }}, 2, 1) as integer)
                    + 7 * cast(substr({{ expression }}, 3, 1) as integer)
                    + 6 * cast(substr({{ expression }}, 4, 1) as integer)
                    + 5 * cast(substr({{ expression }}, 5, 1) as integer)
                    + 4 * cast(substr({{ expression }}, 6, 1) as integer)
                    + 3 * cast(substr({{ expression }}, 7, 1) as integer)
                    + 2 * cast(substr({{ expression }}, 8, 1) as integer)
                    + 1 * cast(substr({{ expression }}, 9, 1) as integer)
                ) % 11 = 0
        else false
    end
{%- endmacro %}

{#- Whether a rule about records holds of a canonical value (null: empty). Capitals count
    like small letters, and a day stands for the whole of it. -#}
{% macro rule_holds(shown, wanted, operator, kind) -%}
    {{ with_name(
        'sides',
        "list_transform([" ~ shown ~ ", " ~ wanted ~ "], lambda told: regexp_replace("
        ~ "lower(" ~ common_spelling('told', kind)
        ~ "), '(\\d)t00:00:00$', '\\1'))",
        _holds('sides[1]', 'sides[2]', operator, kind)
    ) }}
{%- endmacro %}

{% macro _holds(shown, wanted, operator, kind) -%}
    coalesce(
        case {{ operator }}
            when 'is' then {{ shown }} = {{ wanted }}
            when 'is_not' then {{ shown }} is distinct from {{ wanted }}
            when 'is_empty' then {{ shown }} is null
            when 'is_not_empty' then {{ shown }} is not null
            when 'starts_with' then starts_with({{ shown }}, {{ wanted }})
            when 'does_not_start_with'
                then not coalesce(starts_with({{ shown }}, {{ wanted }}), false)
            when 'contains' then strpos({{ shown }}, {{ wanted }}) > 0
            when 'does_not_contain'
                then not coalesce(strpos({{ shown }}, {{ wanted }}) > 0, false)
            when 'at_least'
                then
                    case
                        when {{ kind }} = 'number'
                            then {{ as_number(shown) }} >= {{ as_number(wanted) }}
                        else left({{ shown }}, length({{ wanted }})) >= {{ wanted }}
                    end
            when 'at_most'
                then
                    case
                        when {{ kind }} = 'number'
                            then {{ as_number(shown) }} <= {{ as_number(wanted) }}
                        else left({{ shown }}, length({{ wanted }})) <= {{ wanted }}
                    end
        end,
        false
    )
{%- endmacro %}

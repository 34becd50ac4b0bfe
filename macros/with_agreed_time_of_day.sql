{#- A date from a system that holds dates only, as the local time that the star agrees on:
    with the agreed time of day, or midnight when there is none. What is no date stays as
    it is. -#}
{% macro with_agreed_time_of_day(current_value, rule, star_kind, agreed_value) -%}
    case
        when
            {{ rule }} = 'date_part'
            and {{ star_kind }} = 'local_time'
            and {{ as_date(current_value) }} is not null
            then
                {{ current_value }} || 'T'
                || coalesce(nullif(substring({{ agreed_value }}, 12, 8), ''), '00:00:00')
        else {{ current_value }}
    end
{%- endmacro %}

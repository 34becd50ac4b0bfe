{#- The declared, idempotent rule by which a system stores a canonical value: lower case,
    the date part only, without blanks, without a phone's separators, cut to a length; or
    its own code for it (is_mapped). A canonical value equals what a system holds when
    this gives it. -#}
{% macro stored_as(canonical_value, rule, max_length) -%}
    case when {{ is_mapped(rule) }} then coalesce(
        {{ mapped_value(canonical_value, rule, 'to') }},
        case when {{ canonical_value }} is not null then {{ unmapped() }} end
    ) else {{ trimmed(
        "left(case " ~ rule ~ " when 'lower' then lower(" ~ canonical_value ~ ")"
        ~ " when 'date_part' then left(" ~ canonical_value ~ ", 10)"
        ~ " when 'without_blanks' then regexp_replace(" ~ canonical_value
        ~ ", '[" ~ blank_signs() ~ "]', '', 'g')"
        ~ " when 'without_separators' then " ~ without_separators(canonical_value)
        ~ " else " ~ canonical_value ~ " end, coalesce(" ~ max_length ~ ", 1000000000))"
    ) }} end
{%- endmacro %}

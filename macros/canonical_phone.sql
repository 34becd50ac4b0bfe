{#- E.164, with Norway (+47) where eight digits name no country. Separators carry meaning:
    what follows a bracket or a slash at the end is an extension or a second number, so
    a number with one is no clean number. Nor is one that its country does not have by
    its length. What is no clean number stays as it was typed. A "(0)" is dialled at home
    only, and is left out where the country has such a prefix. -#}
{% macro canonical_phone(expression) -%}
    {{ with_name('typed', as_people_see(expression), typed_phone('typed')) }}
{%- endmacro %}

{#- The same, of what as_people_see gives. -#}
{% macro typed_phone(typed) -%}
    {{ with_name(
        'digits',
        _without_home_prefix(_phone_digits(typed)),
        'coalesce(' ~ _with_country('digits') ~ ', ' ~ typed ~ ')'
    ) }}
{%- endmacro %}

{#- The digits, with + for a country; null when the signs between them mean more than
    that they are grouped. -#}
{% macro _phone_digits(expression) -%}
    case
        when
            regexp_matches(
                {{ expression }},
                '^[(]?[+]?[0-9](?:[0-9{{ blank_signs() }}.()-]|/(?:[{{ blank_signs() }}.()-]*[0-9]){5})*$'
            )
            and not regexp_matches({{ expression }}, '[)][^0-9]*(?:[0-9][^0-9]*){0,4}$')
            and not regexp_matches({{ expression }}, '(?:[0-9][^0-9/]*){8}/|/.*/|[(][^)]*$')
            then
                regexp_replace(
                    regexp_replace({{ expression }}, '[^0-9+]', '', 'g'), '^00', '+'
                )
    end
{%- endmacro %}

{% macro _without_home_prefix(digits) -%}
    regexp_replace(
        {{ digits }},
        '^[+](?:({{ _codes_with_home_prefix("0") }})0|({{ _codes_with_home_prefix("06") }})06)',
        '+\1\2'
    )
{%- endmacro %}

{#- Digits as E.164; null when no country has such a number. How many signs they are is
    read behind them: patterns that count digits are dear to read. -#}
{% macro _with_country(digits) -%}
    case
        when regexp_matches({{ digits }}, '^[2-9][0-9]{7}$') then '+47' || {{ digits }}
        when regexp_matches({{ digits }}, '^47[2-9][0-9]{7}$') then '+' || {{ digits }}
        when
            regexp_matches(
                {{ digits }} || ' ' || length({{ digits }}),
                '^[+](?:{{ _phone_patterns() }})$'
            )
            then {{ digits }}
    end
{%- endmacro %}

{% macro _codes_with_home_prefix(wanted) -%}
    {%- set codes = [] -%}
    {%- for code, lengths, home_prefix in phone_countries() if home_prefix == wanted -%}
        {%- do codes.append(code) -%}
    {%- endfor -%}
    {{ codes | join('|') }}
{%- endmacro %}

{#- Countries whose numbers look alike are written together: it is read for every phone. -#}
{% macro _phone_patterns() -%}
    {%- set alike = {} -%}
    {%- for code, lengths, home_prefix in phone_countries() -%}
        {%- set signs = [] -%}
        {%- for digits in lengths -%}
            {%- do signs.append(1 + code | length + digits) -%}
        {%- endfor -%}
        {%- set first = '[1-9]' if home_prefix else '[0-9]' -%}
        {%- set rest = first ~ '[0-9]* (?:' ~ signs | join('|') ~ ')' -%}
        {%- do alike.setdefault(rest, []).append(code) -%}
    {%- endfor -%}
    {%- set patterns = [] -%}
    {%- for rest, codes in alike.items() -%}
        {%- do patterns.append('(?:' ~ codes | join('|') ~ ')' ~ rest) -%}
    {%- endfor -%}
    {{ patterns | join('|') }}
{%- endmacro %}

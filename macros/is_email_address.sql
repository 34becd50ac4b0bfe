{#- Whether text can be somebody's e-mail address: what `accepted` takes, and stricter.
    Visible signs before the one @, no quotes, and behind it a domain of two labels at
    least, the last of letters (or `xn--`). National letters count as letters.
    Each class of Unicode stands in one pattern only, beside those for the order of the
    signs, and that has to match the whole: the engine reads such a class anew each time
    that it is written, and once more to look for a part of the text. -#}
{% macro is_email_address(expression) -%}
    (
        length({{ expression }}) <= 254
        and regexp_matches(
            {{ expression }},
            '^[^\s@.,:;"()<>\[\]\\]+([.][^\s@.,:;"()<>\[\]\\]+)*@'
            || '([^@.-]([^@.]*[^@.-])?[.])+'
            || '([^@.-]{2,}|[xX][nN]--[a-zA-Z0-9-]*[a-zA-Z0-9])$'
        )
        and regexp_full_match(
            {{ expression }}, '[^\p{Z}\p{C}@]*@[\p{L}\p{M}\p{N}.-]*'
        )
        and not regexp_full_match({{ expression }}, '(?s).*[.][^.-]*\p{N}[^.-]*')
    )
{%- endmacro %}

{#- Whether text can be somebody's e-mail address: what `accepted` takes, and stricter.
    Visible signs with a letter or digit before the one @, no quotes, and behind it a
    domain of two labels at least, the last of letters (or `xn--`). National letters
    count as letters. -#}
{% macro is_email_address(expression) -%}
    (
        length({{ expression }}) <= 254
        and regexp_matches(
            {{ expression }},
            '^[^\s\p{Z}\p{C}@.,:;"()<>\[\]\\]+([.][^\s\p{Z}\p{C}@.,:;"()<>\[\]\\]+)*@'
            || '([\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?[.])+'
            || '([\p{L}\p{M}]{2,}|[xX][nN]--[a-zA-Z0-9-]*[a-zA-Z0-9])$'
        )
        and regexp_matches({{ expression }}, '^[^@]*[\p{L}\p{N}][^@]*@')
    )
{%- endmacro %}

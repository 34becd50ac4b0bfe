{#- Text in which people see every sign: one that is invisible, or a blank that is no
    common one, stands as <U+200B>. For messages; values themselves stay as they are. -#}
{% macro signs_shown(expression) -%}
    case
        when not regexp_matches({{ expression }}, '[{{ odd_signs() }}]')
            then {{ expression }}
        else
            array_to_string(
                list_transform(
                    regexp_extract_all({{ expression }}, '(?s).'),
                    lambda sign: case
                        when regexp_matches(sign, '[{{ odd_signs() }}]')
                            then format('<U+{:04X}>', unicode(sign))
                        else sign
                    end
                ),
                ''
            )
    end
{%- endmacro %}

{#- Inside brackets of a regular expression: signs that are not seen as what they are. -#}
{% macro odd_signs() -%}
    \x{00}-\x{09}\x{0b}-\x{1f}\x{7f}-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}{{ invisible_signs() }}
{%- endmacro %}

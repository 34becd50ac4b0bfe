{#- Inside brackets of a regular expression: the signs that people see as a blank, those
    of Unicode and the separators of old files. (`\s` knows the ASCII ones only.) -#}
{% macro blank_signs() -%}
    \x{09}-\x{0d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}
{%- endmacro %}

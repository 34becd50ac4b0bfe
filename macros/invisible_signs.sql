{#- Inside brackets of a regular expression: the signs that people don't see at all: soft
    hyphens, joiners, marks of direction, byte order marks. -#}
{% macro invisible_signs() -%}
    \x{ad}\x{034f}\x{061c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{feff}
{%- endmacro %}

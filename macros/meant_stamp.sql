{#- A stamp that somebody can mean, from 1900 to 2200; null for any other: the engine's own
    arithmetic ends at the edges of time, and one such stamp would end the run. `type` is
    `timestamp` or `timestamp with time zone`. -#}
{% macro meant_stamp(expression, type) -%}
    case
        when
            try_cast({{ expression }} as {{ type }})
            between cast('1900-01-01 00:00:00+00' as {{ type }})
            and cast('2200-12-31 23:59:59.999999+00' as {{ type }})
            then try_cast({{ expression }} as {{ type }})
    end
{%- endmacro %}

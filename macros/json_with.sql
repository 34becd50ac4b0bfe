{#- A record with facts of ours beside the system's own, under `_derived`. (Not a merge
    patch: that would drop the nulls, and emptied would look like never asked.) -#}
{% macro json_with(record, derived) -%}
    (left({{ record }}, length({{ record }}) - 1) || ', "_derived": ' || {{ derived }} || '}')
{%- endmacro %}

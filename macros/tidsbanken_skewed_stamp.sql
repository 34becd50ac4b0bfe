{#- A Kunde's or Prosjekt's change stamp as UTC: it is UTC clock time with a wrong label
    (+01:00), so it lies an hour early once parsed (quirk stamp-one-hour-early). The label
    is dropped; that it is an hour in summer too is assumed, and does not matter here. -#}
{% macro tidsbanken_skewed_stamp(expression) -%}
    {{ meant_stamp(
        "regexp_replace(" ~ expression ~ ", '([+-][0-9]{2}:?[0-9]{2}|Z)$', '')",
        'timestamp'
    ) }}
{%- endmacro %}

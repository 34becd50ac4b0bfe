{#- Until when a refused payload waits, in seconds since 1970: some hours, and twice as
    long after each refusal, at most 168 times as long (a week of hours). -#}
{% macro held_until_s(refused_at, refusals, backoff_hours) -%}
    (
        {{ epoch_seconds(refused_at) }}
        + 3600 * {{ backoff_hours }} * least(168, power(2, {{ refusals }} - 1))
    )
{%- endmacro %}

{#- Whether a write went into the target of a link while it lasted: not before it, and
    not in the run that ended it (the target may have got its own back then). -#}
{% macro written_over(links, writes) -%}
    {{ links }}.flow = {{ writes }}.flow
    and {{ links }}.source_key = {{ writes }}.source_key
    and {{ links }}.target_key = {{ record_key(
        writes ~ '.system_name', writes ~ '.entity', writes ~ '.record_id'
    ) }}
    and {{ links }}.established_at <= {{ writes }}.settled_at
    and {{ links }}.ended_run_id is distinct from {{ writes }}.run_id
    and coalesce({{ links }}.ended_at >= {{ writes }}.intended_at, true)
{%- endmacro %}

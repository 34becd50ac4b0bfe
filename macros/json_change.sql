{#- One changed property of a write as JSON text, in the form that the push reads. -#}
{% macro json_change() -%}
    '{"property": ' || {{ json_quoted('property') }}
    || ', "name": ' || {{ json_quoted('name') }}
    || ', "json_path": ' || {{ json_quoted('json_path') }}
    || ', "before": ' || coalesce(native_before, 'null')
    || ', "before_known": ' || case when native_before is null then 'false' else 'true' end
    || ', "after": ' || coalesce(value_after, 'null')
    || ', "delivered": ' || {{ json_quoted('delivered') }}
    || ', "reference_flow": ' || {{ json_quoted('reference_flow') }}
    || ', "reference_key": ' || {{ json_quoted('reference_key') }}
    || ', "wire_type": ' || {{ json_quoted('wire_type') }}
    || ', "required": ' || case when is_required then 'true' else 'false' end
    || ', "unit": ' || {{ json_quoted('unit_hash') }}
    || ', "was_accepted": ' || case when was_accepted then 'true' else 'false' end
    || '}'
{%- endmacro %}

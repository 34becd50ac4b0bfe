-- One row per example of a record of which a column of staging shows another text than
-- what the models read.

{{ config(severity='error', tags=['examples']) }}

with

examples (record, expected) as (

    values
    ('{"a": {"b": "Åse \"x\""}}', 'Åse "x"'),
    ('{"a": {"b": "\u00e5"}}', 'å'),
    ('{"a": {"b": ""}}', ''),
    ('{"a": {"b": "null"}}', 'null'),
    ('{"a": {"b": 12.50}}', '12.5'),
    ('{"a": {"b": 12345678901234567890}}', '12345678901234567890'),
    ('{"a": {"b": false}}', 'false'),
    ('{"a": {"b": [1, "x", null]}}', '[1,"x",null]'),
    ('{"a": {"b": {"c": "d"}}}', '{"c":"d"}'),
    ('{"a": {"b": null}}', null),
    ('{"a": {}}', null),
    ('{"a": null}', null),
    ('{"a": "b"}', null),
    ('{}', null),
    (null, null)

),

read_both_ways as (

    select
        examples.*,
        {{ property_column('record', '$.a.b', 'text') }} as shown,
        {{ json_text(json_value_told('record', "'$.a.b'"), "'$'") }} as read_text
    from examples

)

select *
from read_both_ways
where shown is distinct from read_text or shown is distinct from expected

-- One row per example that would be written otherwise, or that is no JSON.

{{ config(severity='error', tags=['examples']) }}

with

examples (stored_value, wire_type, empty_as, expected) as (

    values
    ('Kari', 'string', 'json_null', '"Kari"'),
    ('412', 'string', 'json_null', '"412"'),
    ('Si "hei" \ ha det', 'string', 'json_null', '"Si \"hei\" \\ ha det"'),
    ('Bø 😀', 'string', 'json_null', '"Bø 😀"'),
    ('to' || chr(10) || 'linjer', 'string', 'json_null', '"to\nlinjer"'),
    ('412', 'integer', 'json_null', '412'),
    ('25.5', 'number', 'json_null', '25.5'),
    ('true', 'boolean', 'json_null', 'true'),
    ('[{"quantity": 1}]', 'array', 'json_null', '[{"quantity": 1}]'),
    (null, 'string', 'json_null', 'null'),
    (null, 'string', 'empty_text', '""'),
    (null, 'integer', 'json_null', 'null')

),

written as (

    select
        examples.*,
        {{ written_json('stored_value', 'wire_type', 'empty_as') }} as value_after
    from examples

)

select *
from written
where value_after is distinct from expected or not json_valid(value_after)

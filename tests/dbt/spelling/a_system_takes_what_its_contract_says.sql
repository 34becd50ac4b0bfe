-- One row per example that is taken or refused against the contract.

{{ config(severity='error', tags=['examples']) }}

with

examples (stored_value, accepts, wire_type, expected) as (

    values
    ('anything at all', cast(null as varchar), 'string', true),
    (null, 'email_address', 'string', true),
    ('kari@firma.no', 'email_address', 'string', true),
    ('kari.moen+jobb@post.firma.no', 'email_address', 'string', true),
    ('kari@firma', 'email_address', 'string', false),
    ('kari moen@firma.no', 'email_address', 'string', false),
    ('kari@@firma.no', 'email_address', 'string', false),
    ('@firma.no', 'email_address', 'string', false),
    ('ingen', 'email_address', 'string', false),
    ('+4790112233', 'e164', 'string', true),
    ('+123456789012345', 'e164', 'string', true),
    ('+1234567890123456', 'e164', 'string', false),
    ('+123456', 'e164', 'string', false),
    ('+0123456789', 'e164', 'string', false),
    ('02800', 'e164', 'string', false),
    ('blåbærsyltetøy', 'e164', 'string', false),
    (null, 'e164', 'string', true),
    ('12345678901234567890', 'up_to_20_characters', 'string', true),
    ('123456789012345678901', 'up_to_20_characters', 'string', false),
    -- what is not of the JSON type can't be written at all
    ('25.5', null, 'number', true),
    (null, null, 'number', true),
    ('25,5', null, 'number', false),
    ('mye', null, 'number', false),
    ('true', null, 'boolean', true),
    (null, null, 'boolean', true),
    ('ja', null, 'boolean', false)

),

judged as (

    select
        examples.*,
        {{ accepted('stored_value', 'accepts', 'wire_type') }} as is_accepted
    from examples

)

select *
from judged
where is_accepted is distinct from expected

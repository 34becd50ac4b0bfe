-- One row per example that is taken or refused against the contract.

{{ config(severity='error', tags=['examples']) }}

with

examples (stored_value, accepts, expected) as (

    values
    ('anything at all', cast(null as varchar), true),
    (null, 'email_address', true),
    ('kari@firma.no', 'email_address', true),
    ('kari.moen+jobb@post.firma.no', 'email_address', true),
    ('kari@firma', 'email_address', false),
    ('kari moen@firma.no', 'email_address', false),
    ('kari@@firma.no', 'email_address', false),
    ('@firma.no', 'email_address', false),
    ('ingen', 'email_address', false),
    ('+123456789012345', 'up_to_16_characters', true),
    ('+1234567890123456', 'up_to_16_characters', false),
    ('blåbærsyltetøy', 'up_to_16_characters', true),
    ('12345678901234567890', 'up_to_20_characters', true),
    ('123456789012345678901', 'up_to_20_characters', false)

),

judged as (

    select
        examples.*,
        {{ accepted('stored_value', 'accepts') }} as is_accepted
    from examples

)

select *
from judged
where is_accepted is distinct from expected

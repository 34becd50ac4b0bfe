-- One row per example that is matched by something else than it should.

{{ config(severity='error', tags=['examples']) }}

with

examples (canonical_value, kind, expected) as (

    values
    ('Kari@Firma.no', 'email', 'kari@firma.no'),
    ('hidden', 'email', null),
    ('HIDDEN', 'email', null),
    ('hidden', 'phone', null),
    ('hidden', 'national_id', null),
    ('Hidden AS', 'text', 'Hidden AS'),
    ('Kari', 'text', 'Kari'),
    ('hmac:5e88', 'national_id', 'hmac:5e88'),
    (null, 'email', null)

),

keyed as (

    select
        examples.*,
        {{ match_key('canonical_value', 'kind') }} as match_key
    from examples

)

select *
from keyed
where match_key is distinct from expected

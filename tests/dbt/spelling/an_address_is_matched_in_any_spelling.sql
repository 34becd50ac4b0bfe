-- One row per pair of e-mail addresses that match though they are two, or that are one
-- and do not.

{{ config(severity='error', tags=['examples']) }}

with

examples (address, other_address, expected) as (

    values
    ('åse@firma.example', 'a' || chr(778) || 'se@firma.example', true),
    ('ÅSE@firma.example', 'A' || chr(778) || 'se@FIRMA.example', true),
    ('post@blåbær.example', 'post@xn--blbr-roah.example', true),
    ('Post@BLÅBÆR.example', 'post@XN--BLBR-ROAH.example', true),
    ('post@bla' || chr(778) || 'bær.example', 'post@xn--blbr-roah.example', true),
    ('post@mail.blåbær.example', 'post@mail.xn--blbr-roah.example', true),
    ('åse@blåbær.example', 'a' || chr(778) || 'se@xn--blbr-roah.example', true),
    ('post@blabar.example', 'post@blåbær.example', false),
    ('ase@firma.example', 'åse@firma.example', false),
    ('post@xn--.example', 'post@.example', false),
    ('xn--blbr-roah', 'blåbær', false)

),

keys as (

    select
        examples.*,
        {{ match_key('address', "'email'") }} as address_key,
        {{ match_key('other_address', "'email'") }} as other_key
    from examples

)

select *
from keys
where coalesce(address_key = other_key, false) <> expected

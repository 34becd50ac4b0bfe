-- One row per example that a system would store otherwise, or that changes when it is
-- stored once more (a rule that is not idempotent would never come to rest).

{{ config(severity='error', tags=['examples']) }}

with

examples (canonical_value, rule, max_length, expected) as (

    values
    ('Kari', 'as_is', cast(null as integer), 'Kari'),
    ('Kari', 'as_is', 50, 'Kari'),
    ('Kari Anne', 'as_is', 4, 'Kari'),
    -- the cut leaves no blank at the end
    ('Kari Anne', 'as_is', 5, 'Kari'),
    ('Kari Anne', 'as_is', 9, 'Kari Anne'),
    -- letters count, not bytes
    ('Blåbærsyltetøy', 'as_is', 7, 'Blåbærs'),
    ('Åse 😀😀', 'as_is', 5, 'Åse 😀'),
    ('Kari@Firma.NO', 'lower', null, 'kari@firma.no'),
    ('ÆØÅ@Firma.NO', 'lower', null, 'æøå@firma.no'),
    ('KARI@FIRMA.NO', 'lower', 4, 'kari'),
    ('2026-06-01T08:30:00', 'date_part', null, '2026-06-01'),
    ('2026-06-01', 'date_part', null, '2026-06-01'),
    ('+4741234567', 'as_is', 20, '+4741234567'),
    ('+47 22334455 (12)', 'without_separators', 20, '+4722334455(12)'),
    ('070-123 45.67', 'without_separators', 20, '0701234567'),
    ('00', 'without_separators', 20, '+'),
    (
        'ring Kari i morgen, klokken ti', 'without_separators', 20,
        'ringKariimorgen,klok'
    ),
    ('SE 556677' || chr(160) || '8899', 'without_blanks', null, 'SE5566778899'),
    (null, 'as_is', 50, null),
    (null, 'lower', null, null),
    (null, 'date_part', null, null)

),

stored as (

    select
        examples.*,
        {{ stored_as('canonical_value', 'rule', 'max_length') }} as once
    from examples

),

stored_again as (

    select
        stored.*,
        {{ stored_as('once', 'rule', 'max_length') }} as twice
    from stored

)

select *
from stored_again
where once is distinct from expected or twice is distinct from expected

-- One row per example that comes out otherwise, or changes when it is spelt once more.

{{ config(severity='error', tags=['examples']) }}

with

examples (typed, expected) as (

    values
    -- Norwegian numbers, as people and systems type them
    ('41234567', '+4741234567'),
    ('412 34 567', '+4741234567'),
    ('41 23 45 67', '+4741234567'),
    ('  412 34 567  ', '+4741234567'),
    ('412.34.567', '+4741234567'),
    ('412-34-567', '+4741234567'),
    ('412' || chr(160) || '34' || chr(160) || '567', '+4741234567'),
    ('(+47) 412 34 567', '+4741234567'),
    ('+47 412 34 567', '+4741234567'),
    ('+4741234567', '+4741234567'),
    ('0047 412 34 567', '+4741234567'),
    ('004741234567', '+4741234567'),
    ('47 412 34 567', '+4741234567'),
    ('4741234567', '+4741234567'),
    ('22 12 34 56', '+4722123456'),
    -- an eight-digit number that begins with the country's own code
    ('47123456', '+4747123456'),
    -- foreign numbers
    ('+46 70 123 45 67', '+46701234567'),
    ('0046701234567', '+46701234567'),
    ('+1 (555) 010-9999', '+15550109999'),
    ('+45/12345678', '+4512345678'),
    -- no telephone number of a person, so it keeps its digits
    ('02800', '02800'),
    ('09988', '09988'),
    ('113', '113'),
    ('01234567', '01234567'),
    ('12345678', '12345678'),
    ('070-123 45 67', '0701234567'),
    ('+47', '+47'),
    ('+0123456789', '+0123456789'),
    -- longer than any number can be
    ('+4741234567890123', '+4741234567890123'),
    -- no number at all: without the blanks, dots and dashes that CRM-Office drops
    ('ring Kari', 'ringKari'),
    ('41234567 (jobb)', '41234567(jobb)'),
    ('', null),
    ('   ', null),
    (null, null)

),

spelt as (

    select
        typed,
        expected,
        {{ canonical_phone('typed') }} as once
    from examples

),

spelt_again as (

    select
        spelt.*,
        {{ canonical_phone('once') }} as twice
    from spelt

)

select *
from spelt_again
where once is distinct from expected or twice is distinct from expected

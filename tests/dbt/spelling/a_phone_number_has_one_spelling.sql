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
    -- a prefix that is dialled at home only
    ('+46 (0)8 123 456 78', '+46812345678'),
    ('+44 (0)20 7946 0958', '+442079460958'),
    ('0046(0)8-123 456 78', '+46812345678'),
    ('(+49) (0) 89 123456', '+4989123456'),
    ('+44 020 7946 0958', '+442079460958'),
    ('+36 (06) 1 234 5678', '+3612345678'),
    -- where the nought belongs to the number, or the country has no such prefix
    ('+39 (0)6 1234567', '+39061234567'),
    ('+47 (0)22 33 44 55', '+47 (0)22 33 44 55'),
    -- extensions and second numbers: no clean number, kept as it was typed
    ('+47 22334455 (12)', '+47 22334455 (12)'),
    ('+47 22334455/56', '+47 22334455/56'),
    ('+47 22334455-12', '+47 22334455-12'),
    ('22334455 (12)', '22334455 (12)'),
    ('22334455/56', '22334455/56'),
    ('22 33 44 55 / 66 77 88 99', '22 33 44 55 / 66 77 88 99'),
    ('+46 8 123 456/57', '+46 8 123 456/57'),
    ('+46 8 123 456 (7)', '+46 8 123 456 (7)'),
    ('+4722334455 x12', '+4722334455 x12'),
    ('+47 22 33 (44 55', '+47 22 33 (44 55'),
    -- as long as no number of that country, or of no country
    ('+47 2233445512', '+47 2233445512'),
    ('+47 223344', '+47 223344'),
    ('+999 12 34 56 78', '+999 12 34 56 78'),
    ('00', '00'),
    -- blanks, dashes and signs that nobody sees
    (chr(12288) || '412' || chr(8239) || '34' || chr(8199) || '567', '+4741234567'),
    ('412' || chr(8209) || '34' || chr(8211) || '567', '+4741234567'),
    (
        chr(8234) || '+47' || chr(173) || '41234' || chr(8203) || '567' || chr(8236),
        '+4741234567'
    ),
    -- no telephone number of a person, so it stays as it is
    ('02800', '02800'),
    ('09988', '09988'),
    ('113', '113'),
    ('01234567', '01234567'),
    ('12345678', '12345678'),
    ('070-123 45 67', '070-123 45 67'),
    ('+47', '+47'),
    ('+0123456789', '+0123456789'),
    -- longer than any number can be
    ('+4741234567890123', '+4741234567890123'),
    -- no number at all
    (' ring Kari', 'ring Kari'),
    ('41234567 (jobb)', '41234567 (jobb)'),
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

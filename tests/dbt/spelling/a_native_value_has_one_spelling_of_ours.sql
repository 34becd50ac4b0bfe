-- One row per example of a native value (JSON text) that comes out otherwise.

{{ config(severity='error', tags=['examples']) }}

with

examples (kind, native, expected) as (

    values
    ('text', '"Bø"', 'Bø'),
    ('text', '"  Kari Anne "', 'Kari Anne'),
    ('text', '"' || chr(160) || 'Kari\t"', 'Kari'),
    ('text', '"Line 1\nLine 2"', 'Line 1' || chr(10) || 'Line 2'),
    ('text', '"\u00c5se \ud83d\ude00"', 'Åse 😀'),
    ('text', '"\u3000Ås\u2028"', 'Ås'),
    ('text', '"\u200bÅs\ufeff"', 'Ås'),
    (
        'text', '"Anne\u00adMarie\u00a0Ås"',
        'Anne' || chr(173) || 'Marie' || chr(160) || 'Ås'
    ),
    ('text', '"\u3000"', null),
    ('text', '"\u200b"', null),
    ('text', '""', null),
    ('text', '" "', null),
    ('text', 'null', null),
    ('text', null, null),
    ('text', '"null"', 'null'),
    ('text', '42', '42'),
    ('email', '" Kari@Firma.no "', 'Kari@Firma.no'),
    ('email', '"\u2003ka\u00adri@fir\u200bma.no\u000b"', 'kari@firma.no'),
    ('email', '"anne\u2011marie@firma.no"', 'anne-marie@firma.no'),
    ('email', '"A\u030ase@Bl\u00e5.no"', 'A' || chr(778) || 'se@Blå.no'),
    ('email', '"\u200b"', null),
    ('email', '""', null),
    ('phone', '"412 34 567"', '+4741234567'),
    ('phone', '41234567', '+4741234567'),
    ('phone', '""', null),
    ('organization_number', '"923 609 016"', '923609016'),
    ('organization_number', '"NO 923 609 016 MVA"', '923609016'),
    ('organization_number', '"NO923609016MVA"', '923609016'),
    ('organization_number', '"no 923.609.016 mva"', '923609016'),
    ('organization_number', '"923.609.016"', '923609016'),
    ('organization_number', '"923\u2011609\u2011016"', '923609016'),
    ('organization_number', '"\u3000923\u202f609\u200b016"', '923609016'),
    ('organization_number', '"923609016 MVA"', '923609016'),
    ('organization_number', '"Org.nr. 923 609 016"', '923609016'),
    ('organization_number', '" SE 556677-8899 "', 'SE 556677-8899'),
    ('organization_number', '"DK 12 34 56 78"', 'DK 12 34 56 78'),
    ('organization_number', '"SE 923 609 016"', 'SE 923 609 016'),
    ('organization_number', '"923 609 01"', '923 609 01'),
    ('organization_number', '"923 609 0165"', '923 609 0165'),
    ('organization_number', '923609016', '923609016'),
    ('organization_number', '" "', null),
    ('identifier', '412', '412'),
    ('identifier', '" 0412"', '0412'),
    ('identifier', '"\u2060K\u200b1\u3000"', 'K1'),
    (
        'reference', '"6F9619FF-8B86-D011-B42D-00C04FC964FF"',
        '6f9619ff-8b86-d011-b42d-00c04fc964ff'
    ),
    (
        'reference', '"{6F9619FF-8B86-D011-B42D-00C04FC964FF}"',
        '6f9619ff-8b86-d011-b42d-00c04fc964ff'
    ),
    ('reference', '"K1\u2009"', 'K1'),
    ('reference', '"KA-1"', 'KA-1'),
    ('reference', '412', '412'),
    ('number', '"\u200b25\u3000"', '25'),
    ('number', '"\u221225"', '-25'),
    ('number', '25.00', '25'),
    ('number', '"25,5"', '25,5'),
    ('number', 'null', null),
    ('boolean', 'true', 'true'),
    ('boolean', '"False"', 'false'),
    ('boolean', 'null', null),
    ('local_time', '"2026-06-01T08:30:00+02:00"', '2026-06-01T08:30:00'),
    ('local_time', '"\u30002026-06-01\u200b"', '2026-06-01T00:00:00'),
    ('date', '"2026-06-01T00:00:00"', '2026-06-01'),
    ('date', '"\u2009\u200e2026-06-01"', '2026-06-01'),
    ('lines', '[{"quantity": 1}]', '[{"quantity": 1}]'),
    ('lines', '[]', null),
    ('lines', 'null', null),
    ('national_id', '"hmac:5e88"', 'hmac:5e88'),
    ('national_id', '"12345678901"', null),
    ('national_id', '"hidden"', null),
    ('national_id', '""', null)

),

spelt as (

    select
        examples.*,
        {{ canonical('native', 'kind') }} as canonical_value
    from examples

)

select *
from spelt
where canonical_value is distinct from expected

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
    ('text', '""', null),
    ('text', '" "', null),
    ('text', 'null', null),
    ('text', null, null),
    ('text', '"null"', 'null'),
    ('text', '42', '42'),
    ('email', '" Kari@Firma.no "', 'Kari@Firma.no'),
    ('email', '""', null),
    ('phone', '"412 34 567"', '+4741234567'),
    ('phone', '41234567', '+4741234567'),
    ('phone', '""', null),
    ('organization_number', '"923 609 016"', '923609016'),
    ('organization_number', '"NO 923 609 016 MVA"', 'NO923609016MVA'),
    ('organization_number', '923609016', '923609016'),
    ('organization_number', '" "', null),
    ('identifier', '412', '412'),
    ('identifier', '" 0412"', '0412'),
    ('number', '25.00', '25'),
    ('number', '"25,5"', '25,5'),
    ('number', 'null', null),
    ('boolean', 'true', 'true'),
    ('boolean', '"False"', 'false'),
    ('boolean', 'null', null),
    ('local_time', '"2026-06-01T08:30:00+02:00"', '2026-06-01T08:30:00'),
    ('date', '"2026-06-01T00:00:00"', '2026-06-01'),
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

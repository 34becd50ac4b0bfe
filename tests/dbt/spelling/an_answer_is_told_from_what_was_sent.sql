-- One row per example of a value that a system holds, beside one delivered before, of
-- which it is wrongly said that the one spells the other, or that it does not.

{{ config(severity='error', tags=['examples']) }}

with

examples (kind, native, delivered, expected) as (

    values
    -- signs that nobody sees, and how accents are put together
    ('text', '"Anne Marie"', 'Anne' || chr(173) || ' Marie', true),
    ('text', '"Anne Marie"', 'Anne' || chr(160) || 'Marie', true),
    ('text', '"Å"', 'A' || chr(778), true),
    ('text', '"Anne-Marie"', 'Anne' || chr(8209) || 'Marie', true),
    ('phone', '"+47223344(12)"', '+47 22.33-44 (12)', true),
    ('phone', '"+"', '00', true),
    -- what people see
    ('text', '"Anne"', 'Anne Marie', false),
    ('text', '"anne marie"', 'Anne Marie', false),
    ('text', '"Ase"', 'Åse', false),
    ('phone', '"+472233445512"', '+47 22334455 (12)', false),
    ('phone', '"12345"', '+4712345678', false),
    -- former spellings of ours
    ('phone', '"+46 (0)8 123 456 78"', '+460812345678', true),
    ('phone', '"+47 22334455 (12)"', '+472233445512', true),
    ('phone', '"ring Kari"', 'ringKari', true),
    ('organization_number', '"NO 923 609 016 MVA"', 'NO923609016MVA', true),
    ('organization_number', '"923.609.016"', '923.609.016', true),
    ('text', '"' || chr(12288) || 'Ås"', chr(12288) || 'Ås', true),
    (
        'email', '"ka' || chr(8203) || 'ri@firma.no"',
        'ka' || chr(8203) || 'ri@firma.no', true
    ),
    ('organization_number', '"NO 923 609 016 MVA"', 'NO923609017MVA', false),
    -- nothing is no spelling, and references have their own
    ('text', 'null', 'Anne', false),
    ('reference', '"c1"', 'c1', false)

),

told as (

    select
        examples.*,
        {{ canonical('native', 'kind') }} as current_value
    from examples

),

judged as (

    select
        told.*,
        {{ spells('native', 'current_value', 'delivered', 'delivered', 'kind') }}
            as is_spelling
    from told

)

select *
from judged
where is_spelling is distinct from expected

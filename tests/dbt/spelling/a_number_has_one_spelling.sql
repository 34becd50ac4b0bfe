-- One row per example that comes out otherwise, or changes when it is spelt once more.

{{ config(severity='error', tags=['examples']) }}

with

examples (typed, expected) as (

    values
    ('25', '25'),
    ('25.0', '25'),
    ('25.00', '25'),
    ('25.50', '25.5'),
    ('0', '0'),
    ('0.00', '0'),
    ('-0.0', '0'),
    ('-3.50', '-3.5'),
    ('100', '100'),
    ('1000000', '1000000'),
    ('1e2', '100'),
    ('1E-2', '0.01'),
    ('0.0000000001', '0.0000000001'),
    ('.5', '0.5'),
    ('007', '7'),
    (' 25 ', '25'),
    ('12345678901234567890', '12345678901234567890'),
    -- no number, or too large for one: it keeps its text
    ('25 %', '25 %'),
    ('25,5', '25,5'),
    ('12345678901234567890123456789012345', '12345678901234567890123456789012345'),
    ('', null),
    (null, null)

),

spelt as (

    select
        typed,
        expected,
        {{ canonical_number('typed') }} as once
    from examples

),

spelt_again as (

    select
        spelt.*,
        {{ canonical_number('once') }} as twice
    from spelt

)

select *
from spelt_again
where once is distinct from expected or twice is distinct from expected

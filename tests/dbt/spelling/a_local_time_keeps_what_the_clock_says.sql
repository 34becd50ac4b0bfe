-- One row per example that comes out otherwise, or changes when it is spelt once more.
-- Tidsbanken reads with an offset what it was written without: the offset is dropped,
-- so that nothing moves, also on the days when summer time starts and ends.

{{ config(severity='error', tags=['examples']) }}

with

examples (typed, expected_time, expected_date) as (

    values
    ('2026-06-01T08:30:00', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01 08:30:00', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T08:30', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01', '2026-06-01T00:00:00', '2026-06-01'),
    (' 2026-06-01 ', '2026-06-01T00:00:00', '2026-06-01'),
    (chr(160) || '2026-06-01T08:30 ', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01' || chr(160), '2026-06-01T00:00:00', '2026-06-01'),
    ('2026-06-01T08:30:00.123', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T08:30:00.1234567', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T08:30:00Z', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T08:30:00+01:00', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T08:30:00+02:00', '2026-06-01T08:30:00', '2026-06-01'),
    ('2026-06-01T00:00:00+02:00', '2026-06-01T00:00:00', '2026-06-01'),
    -- the hour that does not exist, and the hour that comes twice
    ('2026-03-29T02:30:00+01:00', '2026-03-29T02:30:00', '2026-03-29'),
    ('2026-03-29T02:30:00+02:00', '2026-03-29T02:30:00', '2026-03-29'),
    ('2026-03-29T23:30:00+02:00', '2026-03-29T23:30:00', '2026-03-29'),
    ('2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00', '2026-10-25'),
    ('2026-10-25T02:30:00+01:00', '2026-10-25T02:30:00', '2026-10-25'),
    -- no time: it keeps its text
    ('i morgen', 'i morgen', 'i morgen'),
    ('2026-06-01T', '2026-06-01T', '2026-06-01'),
    ('2026-06-01T8:30:00', '2026-06-01T8:30:00', '2026-06-01'),
    ('2026-06-01' || chr(8203) || 'x', '2026-06-01' || chr(8203) || 'x', '2026-06-01'),
    ('01.06.2026', '01.06.2026', '01.06.2026'),
    ('', null, null),
    (null, null, null)

),

spelt as (

    select
        examples.*,
        {{ canonical_local_time('typed') }} as time_once,
        {{ canonical_date('typed') }} as date_once
    from examples

),

spelt_again as (

    select
        spelt.*,
        {{ canonical_local_time('time_once') }} as time_twice,
        {{ canonical_date('date_once') }} as date_twice
    from spelt

)

select *
from spelt_again
where
    time_once is distinct from expected_time
    or time_twice is distinct from expected_time
    or date_once is distinct from expected_date
    or date_twice is distinct from expected_date

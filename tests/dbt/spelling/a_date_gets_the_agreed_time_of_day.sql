-- One row per example that gets another time of day than it should.

{{ config(severity='error', tags=['examples']) }}

with

examples (current_value, stored_rule, star_kind, agreed_before, expected) as (

    values
    (
        '2026-06-15', 'date_part', 'local_time', '2026-06-01T08:30:00',
        '2026-06-15T08:30:00'
    ),
    ('2026-06-15', 'date_part', 'local_time', null, '2026-06-15T00:00:00'),
    ('2026-06-15', 'date_part', 'local_time', '2026-06-01', '2026-06-15T00:00:00'),
    ('i morgen', 'date_part', 'local_time', '2026-06-01T08:30:00', 'i morgen'),
    (null, 'date_part', 'local_time', '2026-06-01T08:30:00', null),
    ('2026-06-15', 'date_part', 'date', '2026-06-01', '2026-06-15'),
    (
        '2026-06-15T10:00:00', 'as_is', 'local_time', '2026-06-01T08:30:00',
        '2026-06-15T10:00:00'
    )

),

timed as (

    select
        examples.*,
        {{ with_agreed_time_of_day(
            'current_value', 'stored_rule', 'star_kind', 'agreed_before'
        ) }} as new_value
    from examples

)

select *
from timed
where new_value is distinct from expected

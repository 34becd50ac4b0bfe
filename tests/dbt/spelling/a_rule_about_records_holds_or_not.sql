-- What each operator of record_rules.csv says of a value, in our spelling. Rows are
-- those that come out otherwise.

{{ config(severity='error', tags=['examples']) }}

with

examples (kind, shown_value, operator, wanted_value, expected) as (

    values
    ('text', 'Montasje', 'is', 'montasje', true),
    ('text', 'Montasje', 'is', 'mont', false),
    ('text', null, 'is', 'montasje', false),
    ('text', 'Montasje', 'is_not', 'MONTASJE', false),
    ('text', null, 'is_not', 'montasje', true),
    ('boolean', 'true', 'is', 'true', true),
    ('boolean', null, 'is_not', 'true', true),
    ('email', 'post@å.no', 'is', 'POST@xn--5ca.no', true),
    ('text', null, 'is_empty', null, true),
    ('text', 'x', 'is_empty', null, false),
    ('text', 'x', 'is_not_empty', null, true),
    ('text', null, 'is_not_empty', null, false),
    ('text', 'Test 1', 'starts_with', 'test', true),
    ('text', 'En test', 'starts_with', 'test', false),
    ('text', null, 'starts_with', 'test', false),
    ('text', 'Test 1', 'does_not_start_with', 'test', false),
    ('text', null, 'does_not_start_with', 'test', true),
    ('text', 'En Test', 'contains', 'test', true),
    ('text', null, 'contains', 'test', false),
    ('text', 'En Test', 'does_not_contain', 'test', false),
    ('text', null, 'does_not_contain', 'test', true),
    ('number', '10', 'at_least', '9', true),
    ('number', '9', 'at_least', '10', false),
    ('number', '9', 'at_most', '10', true),
    ('number', null, 'at_most', '10', false),
    ('date', '2026-06-02', 'at_least', '2026-06-02', true),
    ('date', '2026-06-01', 'at_least', '2026-06-02', false),
    ('local_time', '2026-06-02T08:00:00', 'at_most', '2026-06-02T00:00:00', true),
    ('local_time', '2026-06-03T00:00:00', 'at_most', '2026-06-02T00:00:00', false),
    ('local_time', '2026-06-02T08:00:00', 'at_least', '2026-06-02T09:00:00', false),
    ('local_time', null, 'at_least', '2026-06-02T09:00:00', false)

),

judged as (

    select
        examples.*,
        {{ rule_holds('shown_value', 'wanted_value', 'operator', 'kind') }} as holds
    from examples

)

select * from judged
where holds is distinct from expected

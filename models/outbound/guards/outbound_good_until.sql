-- One row: what this build was made from, and until when it is good, in seconds since
-- 1970 (none: for ever). Until then, and while that is the same, a run need not build:
-- it would make what is there, and `built_at` says since when.

with

inputs as (

    select * from {{ ref('stg_inputs') }}

),

-- What came due before has had its effect in this build; what is due within two hours
-- of it, and what does not last, is looked at in every run.
due as (

    select min(due_s) as good_until_s from {{ ref('outbound_due') }}
    where due_s = 0 or due_s > {{ epoch_seconds(now_utc()) }} - 7200

),

good_until as (

    select
        inputs.inputs,
        due.good_until_s,
        {{ now_utc() }} as built_at
    from inputs
    cross join due

)

select * from good_until

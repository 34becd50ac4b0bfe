-- One row per record, property, reason and details: a property that can't be passed on
-- now, that answered our write with something that we can't explain, or that the system
-- does not show any more.

with

in_members as (

    select * from {{ ref('inspect_held_in_members') }}

),

in_writes as (

    select * from {{ ref('inspect_held_in_writes') }}

),

left_out_of_creates as (

    select * from {{ ref('inspect_left_out_of_creates') }}

),

held as (

    select * from in_members
    union all
    select * from left_out_of_creates
    union all
    select * from in_writes

)

select * from held

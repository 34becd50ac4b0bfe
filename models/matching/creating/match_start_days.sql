-- One row per flow that creates records from a day on, and when that day begins in
-- Norway, in UTC.

with

flows as (

    select
        flow,
        source_system,
        source_entity,
        {{ oslo_stamp("cast(starts_at as varchar)") }} as starts_at
    from {{ ref('flows') }}
    where mode = 'create' and starts_at is not null

)

select * from flows

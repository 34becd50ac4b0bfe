-- One row per flow and record that is left alone in it, and why: it is linked with
-- nothing, nothing is created for it, and its link rests.

with

flows as (

    select * from {{ ref('flows') }}

),

pauses as (

    select * from {{ ref('match_pauses') }}

),

sides as (

    select flow, source_system as system_name, source_entity as entity from flows
    union all
    select flow, target_system as system_name, target_entity as entity from flows

),

paused as (

    select
        sides.flow,
        pauses.paused as record_key,
        'paused' as rests_because
    from pauses
    inner join sides
        on
            split_part(pauses.paused, ':', 1) = sides.system_name
            and split_part(pauses.paused, ':', 2) = sides.entity

)

select * from paused

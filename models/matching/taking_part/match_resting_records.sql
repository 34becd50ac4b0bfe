-- One row per flow and record that is left alone in it, and why: it is linked with
-- nothing, nothing is created for it, and its link rests (`paused`, or `excluded` by
-- the rules about records). Of whom those can't tell, and who has no link, the same
-- holds until they can (`unknown`), but it stays a rival.

with

flows as (

    select * from {{ ref('flows') }}

),

pauses as (

    select * from {{ ref('match_pauses') }}

),

excluded as (

    select * from {{ ref('match_excluded_records') }}

),

ruled as (

    select * from {{ ref('match_ruled_records') }}
    where takes_part is null

),

open_links as (

    select flow, source_key, target_key from {{ ref('stg_ledger__links') }}
    where ended_at is null

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

),

linked as (

    select flow, source_key as record_key from open_links
    union all
    select flow, target_key as record_key from open_links

),

nobody_can_tell as (

    select
        ruled.flow,
        ruled.record_key,
        'unknown' as rests_because
    from ruled
    left join linked
        on ruled.flow = linked.flow and ruled.record_key = linked.record_key
    where linked.flow is null

),

reasons as (

    select * from paused
    union all
    select flow, record_key, 'excluded' as rests_because from excluded
    union all
    select * from nobody_can_tell

),

-- Who is excluded is so also while it is paused.
resting_records as (

    select
        flow,
        record_key,
        min(rests_because) as rests_because
    from reasons
    group by flow, record_key

)

select * from resting_records

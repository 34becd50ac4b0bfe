-- One row per flow and record that the rules about records leave out: it is neither
-- candidate nor rival, nothing is created for it, and its link rests. Of whom nobody
-- can tell now counts what was told last, as long as the flow has such rules.

with

ruled as (

    select * from {{ ref('match_ruled_records') }}

),

record_rules as (

    select * from {{ ref('record_rules') }}

),

flows as (

    select * from {{ ref('flows') }}

),

left_out_before as (

    select * from {{ ref('stg_ledger__excluded_records') }}

),

sides as (

    select distinct
        record_rules.flow,
        case
            when record_rules.side = 'source'
                then flows.source_system || ':' || flows.source_entity || ':'
            else flows.target_system || ':' || flows.target_entity || ':'
        end as key_begins_with
    from record_rules
    inner join flows on record_rules.flow = flows.flow

),

still_left_out as (

    select
        left_out_before.flow,
        left_out_before.record_key
    from left_out_before
    inner join sides
        on
            left_out_before.flow = sides.flow
            and starts_with(left_out_before.record_key, sides.key_begins_with)
    left join ruled
        on
            left_out_before.flow = ruled.flow
            and left_out_before.record_key = ruled.record_key
    where ruled.takes_part is null

),

excluded as (

    select flow, record_key from ruled
    where not takes_part

    union all

    select flow, record_key from still_left_out

)

select * from excluded

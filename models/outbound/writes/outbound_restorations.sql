{{ config(materialized="view") }}

-- One row per target record whose mark of deletion is to be taken away, once: its
-- source is there, and its flow's policy brings it back. What rests is left alone.

with

restorable as (

    select * from {{ ref('match_restorable') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

restored as (

    select distinct
        {{ record_key('writes.system_name', 'writes.entity', 'writes.record_id') }}
            as record_key
    from {{ ref('stg_ledger__writes') }} as writes
    inner join restorable
        on
            restorable.target_key = {{ record_key(
                'writes.system_name', 'writes.entity', 'writes.record_id'
            ) }}
            and writes.settled_at >= restorable.loaded_at
    where writes.status = 'done' and writes.operation = 'update'

),

restorations as (

    select
        restorable.flow,
        flows.flow_level,
        'update' as operation,
        restorable.target_key,
        restorable.source_key,
        restorable.record_version,
        substr(restorable.restore_path, 3) as property,
        substr(restorable.restore_path, 3) as name,
        restorable.restore_path as json_path,
        restorable.mark as native_before,
        'null' as value_after,
        'target_gone' as reason
    from restorable
    inner join flows on restorable.flow = flows.flow
    left join restored on restorable.target_key = restored.record_key
    left join resting_records
        on
            restorable.flow = resting_records.flow
            and resting_records.record_key
            in (restorable.source_key, restorable.target_key)
    where restored.record_key is null and resting_records.flow is null

)

select * from restorations

{{ config(materialized="view") }}

-- One row per property of a target that gets back what it held before a link which has
-- ended, because a person wants that and the record still holds what came over the
-- link.

with

put_backs as (

    select * from {{ ref('merge_put_backs') }}
    where outcome = 'put_back'

),

flows as (

    select * from {{ ref('match_flows') }}

),

to_write as (

    select
        put_backs.flow,
        flows.flow_level,
        'update' as operation,
        put_backs.target_key,
        put_backs.source_key,
        put_backs.record_version,
        put_backs.property,
        put_backs.property_group,
        put_backs.name,
        put_backs.json_path,
        put_backs.native_before,
        put_backs.delivered,
        put_backs.value_after,
        'unlinked' as reason
    from put_backs
    inner join flows on put_backs.flow = flows.flow

)

select * from to_write

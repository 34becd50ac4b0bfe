-- One row per flow and target record that is gone, is to be there again by the flow's
-- policy, and bears a mark of deletion that its system lets us take away.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where gone_key = target_key and ended_policy = 'recreate'

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and on_target_gone = 'recreate'

),

present as (

    select record_key from {{ ref('match_records') }}

),

entities as (

    select * from {{ ref('entities') }}
    where restore_path is not null

),

records as (

    select * from {{ ref('stg_records') }}
    where is_deleted

),

restorable as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        records.record_version,
        records.loaded_at,
        entities.restore_path,
        {{ json_value('records.record', 'entities.restore_path') }} as mark
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    inner join present on lost_links.source_key = present.record_key
    inner join records on lost_links.target_key = records.record_key
    inner join entities
        on
            flows.target_system = entities.system_name
            and flows.target_entity = entities.entity

)

select * from restorable

{{ config(severity="error") }}

-- One row per flow whose policy for gone records its target's API can't carry out.

select
    flows.flow,
    flows.on_source_gone,
    flows.on_target_gone
from {{ ref('flows') }} as flows
inner join {{ ref('entities') }} as entities
    on
        flows.target_system = entities.system_name
        and flows.target_entity = entities.entity
where
    (flows.on_source_gone = 'delete' and not entities.can_delete)
    or (flows.on_source_gone = 'deactivate' and entities.inactive_path is null)
    or (flows.on_target_gone = 'recreate' and flows.mode <> 'create')

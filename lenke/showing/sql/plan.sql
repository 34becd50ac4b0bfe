-- One row per write that a push would send.
select
    plan.flow, plan.operation, plan.system, plan.entity, plan.record_id,
    plan.properties_before, plan.properties_after, plan.reason, plan.source_key,
    records.record_name
from inspection.plan
left join inspection.records
    on
        coalesce(
            plan.system || ':' || plan.entity || ':' || plan.record_id, plan.source_key
        ) = records.record_key
order by plan.flow, plan.operation, plan.record_id, plan.source_key

-- One row per value of a target that a person wants put back there, and that no run is
-- done with: what the target holds now, and what it held when we last looked. One that
-- rests is as if it were not there.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind = 'put_back_target'

),

done as (

    select decision_id from {{ ref('stg_ledger__done_decisions') }}

),

links as (

    select target_key from {{ ref('match_links') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where side = 'target' and direction in ('both', 'forward') and is_writable

),

present as (

    select record_key from {{ ref('match_records') }}

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

resting_flows as (

    select * from {{ ref('match_resting_flows') }}

),

records as (

    select record_key, record, record_version, loaded_at from {{ ref('stg_records') }}

),

observations as (

    select * from {{ ref('stg_ledger__observations') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

standing as (

    select decisions.*
    from decisions
    left join done on decisions.decision_id = done.decision_id
    where done.decision_id is null

),

told as (

    select
        standing.decision_id,
        standing.flow,
        standing.source_key,
        standing.target_key,
        standing.step,
        standing.decided_at,
        standing.decided_value,
        mapped_properties.property_group,
        standing.property,
        mapped_properties.name,
        mapped_properties.json_path,
        mapped_properties.kind,
        mapped_properties.stored_as,
        mapped_properties.max_length,
        observations.observed,
        observations.delivered,
        observations.is_delivered,
        present.record_key is not null
        and resting_records.flow is null
        and resting_flows.flow is null as is_present,
        links.target_key is not null as is_linked,
        case
            when record_states.written_at >= records.loaded_at
                then record_states.record_version
            else records.record_version
        end as record_version,
        case
            when record_states.written_at >= records.loaded_at
                then observations.observed
            else {{ json_value_told('records.record', 'mapped_properties.json_path') }}
        end as native
    from standing
    left join mapped_properties
        on
            standing.flow = mapped_properties.flow
            and standing.property = mapped_properties.property
    left join present on standing.target_key = present.record_key
    left join resting_records
        on
            standing.flow = resting_records.flow
            and standing.target_key = resting_records.record_key
    left join resting_flows on standing.flow = resting_flows.flow
    left join links on standing.target_key = links.target_key
    left join records on standing.target_key = records.record_key
    left join record_states on standing.target_key = record_states.record_key
    left join observations
        on
            standing.target_key = observations.record_key
            and standing.property = observations.property

)

select * from told
